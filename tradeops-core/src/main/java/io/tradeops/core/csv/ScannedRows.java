package io.tradeops.core.csv;

/**
 * What a scan of a file has found, without the rejected rows.
 *
 * @param cancelled the number of rows that were left out because they are cancelled or erroneous
 */
record ScannedRows(TickerTable table, long cancelled) {}
