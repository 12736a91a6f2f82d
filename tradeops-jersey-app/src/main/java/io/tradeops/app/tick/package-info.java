/**
 * Stored ticks; {@link io.tradeops.app.tick.TickRepository} is the entry. Jobs, monitor and the simulated market read
 * them here.
 */
@NullMarked
package io.tradeops.app.tick;

import org.jspecify.annotations.NullMarked;
