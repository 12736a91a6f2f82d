@NullMarked
package io.tradeops.app.http;

import org.jspecify.annotations.NullMarked;
