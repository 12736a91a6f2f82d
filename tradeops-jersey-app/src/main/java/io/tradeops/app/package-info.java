/**
 * The composition roots of the programs, and what they share. {@link io.tradeops.app.TradeOpsServer} is the server,
 * {@link io.tradeops.app.FeedServer} the feed alone, {@link io.tradeops.app.FeedMonitor} the monitor alone, and
 * {@link io.tradeops.app.JobWorker} the jobs alone.
 */
@NullMarked
package io.tradeops.app;

import org.jspecify.annotations.NullMarked;
