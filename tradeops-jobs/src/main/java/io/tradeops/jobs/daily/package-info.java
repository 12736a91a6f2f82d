/**
 * A day's file: {@link io.tradeops.jobs.daily.ExportDay} writes it, {@link io.tradeops.jobs.daily.AnalyzeDay} analyses
 * it. {@link io.tradeops.jobs.daily.TradeHistory} is the port to the stored trades.
 */
@NullMarked
package io.tradeops.jobs.daily;

import org.jspecify.annotations.NullMarked;
