/**
 * The monitor: a WebSocket client of a price feed that stores ticks and alerts; {@link
 * io.tradeops.app.monitor.PriceMonitor} is the entry.
 */
@NullMarked
package io.tradeops.app.monitor;

import org.jspecify.annotations.NullMarked;
