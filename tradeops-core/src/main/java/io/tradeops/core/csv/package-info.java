/**
 * Analyses, reads and writes CSV files of trades. Start with {@link io.tradeops.core.csv.TradeCsvAnalyzer}, which sums
 * the trades of a file, or with {@link io.tradeops.core.csv.TradeCsvReader}, which reads them one by one.
 * {@link io.tradeops.core.csv.TradeCsvWriter} writes such files, and {@link io.tradeops.core.csv.DailyTradeFile} gives
 * the object keys of a day.
 */
@NullMarked
package io.tradeops.core.csv;

import org.jspecify.annotations.NullMarked;
