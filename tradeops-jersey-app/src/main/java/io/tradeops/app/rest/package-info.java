/**
 * The vocabulary of a resource: JSON, pages and cursors, query parameters, request bodies, and errors as problem+json.
 * {@link io.tradeops.app.rest.ProblemException} and {@link io.tradeops.app.rest.Page} are the entries. The package
 * knows no feature.
 */
@NullMarked
package io.tradeops.app.rest;

import org.jspecify.annotations.NullMarked;
