package io.tradeops.app.alert;

/** An alert with its number; alerts are numbered in the order in which they are stored. Immutable. */
record NumberedAlert(long seq, Alert alert) {}
