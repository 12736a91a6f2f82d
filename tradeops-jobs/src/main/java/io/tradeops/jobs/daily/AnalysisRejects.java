package io.tradeops.jobs.daily;

/**
 * The rows that analyses of this process rejected since its start, each time that they did. Immutable.
 *
 * @param completed by analyses that lie in the bucket
 * @param failed by analyses that failed because of them
 */
public record AnalysisRejects(long completed, long failed) {}
