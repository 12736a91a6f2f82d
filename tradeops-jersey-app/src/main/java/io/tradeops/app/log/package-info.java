/**
 * The format of logs. {@link io.tradeops.app.log.LogSettings} is the entry; {@code logback.xml} names some other
 * classes.
 */
@NullMarked
package io.tradeops.app.log;

import org.jspecify.annotations.NullMarked;
