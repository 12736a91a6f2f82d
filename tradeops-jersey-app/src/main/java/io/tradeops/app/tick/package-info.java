/**
 * Stored ticks, which jobs, the monitor and the simulated market read. {@link io.tradeops.app.tick.TickRepository} is
 * the entry.
 */
@NullMarked
package io.tradeops.app.tick;

import org.jspecify.annotations.NullMarked;
