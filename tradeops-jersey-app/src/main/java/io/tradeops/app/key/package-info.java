/**
 * API keys, created and revoked on the command line, stored as hashes. {@link io.tradeops.app.key.ApiKeys} is the
 * entry.
 */
@NullMarked
package io.tradeops.app.key;

import org.jspecify.annotations.NullMarked;
