@NullMarked
package io.tradeops.app.feed;

import org.jspecify.annotations.NullMarked;
