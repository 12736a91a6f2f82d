/**
 * The server: {@link io.tradeops.app.Main} is the program, {@link io.tradeops.app.TradeOpsServer} puts the parts
 * together, {@link io.tradeops.app.ServerConfig} is what can be set.
 */
@NullMarked
package io.tradeops.app;

import org.jspecify.annotations.NullMarked;
