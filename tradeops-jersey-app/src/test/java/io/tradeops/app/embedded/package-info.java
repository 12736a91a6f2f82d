@NullMarked
package io.tradeops.app.embedded;

import org.jspecify.annotations.NullMarked;
