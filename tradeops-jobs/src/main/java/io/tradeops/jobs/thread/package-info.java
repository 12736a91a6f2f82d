/**
 * The life and the end of background threads, for the jobs and for the app. {@link io.tradeops.jobs.thread.WatchedLoop}
 * is the entry. It is in this module because both may use it here: the core logs nothing, and the Lambda has no
 * background thread.
 */
@NullMarked
package io.tradeops.jobs.thread;

import org.jspecify.annotations.NullMarked;
