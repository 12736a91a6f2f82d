/** Analyses of days: {@code /analysis/}. {@link io.tradeops.app.analysis.AnalysisResource} is the entry. */
@NullMarked
package io.tradeops.app.analysis;

import org.jspecify.annotations.NullMarked;
