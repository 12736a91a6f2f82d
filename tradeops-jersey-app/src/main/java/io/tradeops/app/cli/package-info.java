/** The program and its commands. {@link io.tradeops.app.cli.Main} is the entry. Nothing imports this package. */
@NullMarked
package io.tradeops.app.cli;

import org.jspecify.annotations.NullMarked;
