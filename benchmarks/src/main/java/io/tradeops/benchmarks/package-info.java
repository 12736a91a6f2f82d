/** Questions about speed, one class each; {@code java -jar benchmarks/target/benchmarks.jar NAME} answers them. */
@NullMarked
package io.tradeops.benchmarks;

import org.jspecify.annotations.NullMarked;
