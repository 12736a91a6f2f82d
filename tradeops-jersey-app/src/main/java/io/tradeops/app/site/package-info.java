/**
 * Resources beside the features: the live page, the documentation, OpenAPI, health and metrics. {@link
 * io.tradeops.app.site.PageResource} and {@link io.tradeops.app.site.HealthResource} are the entries.
 */
@NullMarked
package io.tradeops.app.site;

import org.jspecify.annotations.NullMarked;
