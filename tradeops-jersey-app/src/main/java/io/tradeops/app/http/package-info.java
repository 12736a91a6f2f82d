/**
 * What every resource shares: the server, JSON, errors as problem+json, query parameters, paging.
 * {@link io.tradeops.app.http.HttpServer} is the entry. It knows no feature.
 */
@NullMarked
package io.tradeops.app.http;

import org.jspecify.annotations.NullMarked;
