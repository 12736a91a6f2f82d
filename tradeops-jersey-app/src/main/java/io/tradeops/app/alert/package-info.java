/** Stored alerts: {@code GET /alerts/} and their stream. {@link io.tradeops.app.alert.AlertResource} is the entry. */
@NullMarked
package io.tradeops.app.alert;

import org.jspecify.annotations.NullMarked;
