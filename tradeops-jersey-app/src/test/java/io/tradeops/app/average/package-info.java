@NullMarked
package io.tradeops.app.average;

import org.jspecify.annotations.NullMarked;
