/**
 * The end of background threads, for the jobs and for the programs above them. The entry is
 * {@link io.tradeops.jobs.thread.ThreadStop}.
 */
@NullMarked
package io.tradeops.jobs.thread;

import org.jspecify.annotations.NullMarked;
