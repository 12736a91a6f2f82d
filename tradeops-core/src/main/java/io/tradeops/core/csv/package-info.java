/**
 * Trades in CSV files: {@link io.tradeops.core.csv.TradeCsvAnalyzer} adds a file up,
 * {@link io.tradeops.core.csv.TradeCsvReader} reads one row by row, {@link io.tradeops.core.csv.TradeCsvWriter} writes
 * one, {@link io.tradeops.core.csv.DailyTradeFile} names a day's.
 */
@NullMarked
package io.tradeops.core.csv;

import org.jspecify.annotations.NullMarked;
