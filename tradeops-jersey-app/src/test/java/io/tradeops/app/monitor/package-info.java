@NullMarked
package io.tradeops.app.monitor;

import org.jspecify.annotations.NullMarked;
