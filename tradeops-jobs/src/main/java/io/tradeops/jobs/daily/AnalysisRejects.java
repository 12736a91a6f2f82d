package io.tradeops.jobs.daily;

/**
 * Numbers of rows that analyses in this process rejected since its start. A row counts each time it is rejected.
 * Immutable.
 *
 * @param completed rows that completed analyses rejected
 * @param failed rows that failed analyses rejected
 */
public record AnalysisRejects(long completed, long failed) {}
