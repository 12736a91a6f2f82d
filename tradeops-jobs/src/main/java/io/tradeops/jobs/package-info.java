/**
 * The background jobs and the server that runs them; {@link io.tradeops.jobs.JobServer} is the entry. {@link
 * io.tradeops.jobs.JobSchedule} has the times of the recurring jobs. Each feature has a package with its jobs and with the
 * port, in core types, to what the jobs need from a database.
 *
 * <p>The names of request and handler classes and of their methods are stored with each job: jobs of a renamed class
 * cannot run. Arguments are dates and ids as strings. Every job can run twice, and looks for what is missing rather than
 * for what is due.
 */
@NullMarked
package io.tradeops.jobs;

import org.jspecify.annotations.NullMarked;
