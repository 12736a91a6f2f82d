/**
 * The job dashboard's port: its web server and who may use it. {@link io.tradeops.app.dashboard.DashboardServer} is the
 * entry.
 */
@NullMarked
package io.tradeops.app.dashboard;

import org.jspecify.annotations.NullMarked;
