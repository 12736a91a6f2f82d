/**
 * The settings of the program, from the environment, {@code .env} and defaults. {@link io.tradeops.app.config.Setting}
 * lists them, and {@link io.tradeops.app.config.ServerConfig} has their parsed values.
 */
@NullMarked
package io.tradeops.app.config;

import org.jspecify.annotations.NullMarked;
