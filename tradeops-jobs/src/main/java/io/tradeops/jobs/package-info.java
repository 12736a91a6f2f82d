/**
 * The background jobs and the server that runs them; {@link io.tradeops.jobs.JobServer} is the entry. {@link
 * io.tradeops.jobs.JobSchedule} has the times of the recurring jobs. Each feature has a package with its jobs and their
 * port to the database, in core types.
 *
 * <p>The names of request and handler classes and of their methods are stored with each job. Stored jobs of a renamed
 * class can't run; the job server deletes them when it starts. Arguments are dates and ids as strings. Every job can
 * run twice. It processes what is missing, not what is due.
 */
@NullMarked
package io.tradeops.jobs;

import org.jspecify.annotations.NullMarked;
