/** The commands; {@link io.tradeops.app.cli.TradeOpsCommand} is the entry. */
@NullMarked
package io.tradeops.app.cli;

import org.jspecify.annotations.NullMarked;
