/**
 * API keys, scopes, callers and rate limits of requests. {@link io.tradeops.app.access.Keys} is the entry. The package
 * knows no feature.
 */
@NullMarked
package io.tradeops.app.access;

import org.jspecify.annotations.NullMarked;
