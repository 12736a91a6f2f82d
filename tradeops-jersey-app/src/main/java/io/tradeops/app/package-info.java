/**
 * Composition: each program is put together here, and nothing else is done. {@link io.tradeops.app.TradeOpsServer} is the
 * server, {@link io.tradeops.app.FeedServer} the feed alone, {@link io.tradeops.app.FeedMonitor} the monitor alone,
 * {@link io.tradeops.app.JobWorker} the jobs alone.
 */
@NullMarked
package io.tradeops.app;

import org.jspecify.annotations.NullMarked;
