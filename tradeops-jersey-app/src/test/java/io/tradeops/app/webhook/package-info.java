@NullMarked
package io.tradeops.app.webhook;

import org.jspecify.annotations.NullMarked;
