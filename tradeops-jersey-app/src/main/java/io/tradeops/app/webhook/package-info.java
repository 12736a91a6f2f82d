/** The outgoing webhook that alerts are pushed to: {@link io.tradeops.app.webhook.Webhook} is the entry. */
@NullMarked
package io.tradeops.app.webhook;

import org.jspecify.annotations.NullMarked;
