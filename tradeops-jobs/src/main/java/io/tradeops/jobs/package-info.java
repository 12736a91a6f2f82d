/**
 * The background jobs and the server that runs them: {@link io.tradeops.jobs.JobServer} is the entry. What the jobs
 * need from a database are ports in core types: {@link io.tradeops.jobs.TickHistory},
 * {@link io.tradeops.jobs.AverageStore}, {@link io.tradeops.jobs.TradeHistory}, {@link io.tradeops.jobs.AlertOutbox};
 * {@link io.tradeops.jobs.AlertReceiver} is where alerts go.
 *
 * <p>The class and method names of requests and handlers are stored data: to rename one is to lose its queued jobs.
 * Arguments are dates and ids as strings. Every job can run twice, and looks for what is missing rather than for what is due.
 */
@NullMarked
package io.tradeops.jobs;

import org.jspecify.annotations.NullMarked;
