@NullMarked
package io.tradeops.app.trade;

import org.jspecify.annotations.NullMarked;
