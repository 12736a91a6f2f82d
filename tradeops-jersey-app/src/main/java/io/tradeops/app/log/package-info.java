/**
 * How logs look; {@link io.tradeops.app.log.LogSettings} is the entry. {@code logback.xml} names the other classes.
 */
@NullMarked
package io.tradeops.app.log;

import org.jspecify.annotations.NullMarked;
