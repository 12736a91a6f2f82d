/**
 * Five-minute averages: {@link io.tradeops.jobs.average.FinalizeAverages} is the job, {@link
 * io.tradeops.jobs.average.AverageStore} the port to where averages are stored.
 */
@NullMarked
package io.tradeops.jobs.average;

import org.jspecify.annotations.NullMarked;
