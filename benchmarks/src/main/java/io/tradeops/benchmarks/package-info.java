/**
 * Benchmarks, one class for each question. {@code java -jar benchmarks/target/benchmarks.jar NAME} runs one; the
 * Javadoc of each class has its command.
 */
@NullMarked
package io.tradeops.benchmarks;

import org.jspecify.annotations.NullMarked;
