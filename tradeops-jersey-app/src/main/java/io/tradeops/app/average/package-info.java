/** Stored averages: {@code GET /averages/}. {@link io.tradeops.app.average.AverageResource} is the entry. */
@NullMarked
package io.tradeops.app.average;

import org.jspecify.annotations.NullMarked;
