package io.tradeops.app.alert;

/** An alert with the number that it got when it was stored. Immutable. */
record NumberedAlert(long seq, Alert alert) {}
