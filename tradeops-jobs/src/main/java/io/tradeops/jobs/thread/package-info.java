/**
 * The end of background threads, for the jobs and for the app. {@link io.tradeops.jobs.thread.ThreadStop} is the entry.
 * It is in this module because both may use it here: the core logs nothing, and the Lambda has no thread to stop.
 */
@NullMarked
package io.tradeops.jobs.thread;

import org.jspecify.annotations.NullMarked;
