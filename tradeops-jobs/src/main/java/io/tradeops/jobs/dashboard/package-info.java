/**
 * The job dashboard, without a web server; {@link io.tradeops.jobs.dashboard.JobDashboard} is the entry.
 */
@NullMarked
package io.tradeops.jobs.dashboard;

import org.jspecify.annotations.NullMarked;
