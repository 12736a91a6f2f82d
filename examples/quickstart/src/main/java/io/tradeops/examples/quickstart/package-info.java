/** Shows how to use the core in one file. Start with {@link io.tradeops.examples.quickstart.Quickstart}. */
@NullMarked
package io.tradeops.examples.quickstart;

import org.jspecify.annotations.NullMarked;
