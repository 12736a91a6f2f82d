/**
 * The stored ticks: {@link io.tradeops.jobs.tick.TickHistory} is the port, {@link io.tradeops.jobs.tick.DropOldTicks}
 * the job that enforces their retention.
 */
@NullMarked
package io.tradeops.jobs.tick;

import org.jspecify.annotations.NullMarked;
