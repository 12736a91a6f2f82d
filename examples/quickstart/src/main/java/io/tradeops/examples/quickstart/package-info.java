/** The core in one file: {@link io.tradeops.examples.quickstart.Quickstart}. */
@NullMarked
package io.tradeops.examples.quickstart;

import org.jspecify.annotations.NullMarked;
