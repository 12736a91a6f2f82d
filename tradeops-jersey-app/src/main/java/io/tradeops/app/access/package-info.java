/**
 * API keys, scopes, callers and rate limits as requests see them; {@link io.tradeops.app.access.Keys} is the entry. It
 * knows no feature.
 */
@NullMarked
package io.tradeops.app.access;

import org.jspecify.annotations.NullMarked;
