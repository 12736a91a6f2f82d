/** API keys: made and revoked on the command line, kept as hashes; {@link io.tradeops.app.key.ApiKeys} is the entry. */
@NullMarked
package io.tradeops.app.key;

import org.jspecify.annotations.NullMarked;
