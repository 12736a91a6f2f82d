@NullMarked
package io.tradeops.app;

import org.jspecify.annotations.NullMarked;
