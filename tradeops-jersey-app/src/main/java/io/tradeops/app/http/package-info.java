/**
 * Jetty and Jersey: set-up, handlers, filters, and errors as problem+json. {@link io.tradeops.app.http.HttpServer} is
 * the entry. The package knows no feature.
 */
@NullMarked
package io.tradeops.app.http;

import org.jspecify.annotations.NullMarked;
