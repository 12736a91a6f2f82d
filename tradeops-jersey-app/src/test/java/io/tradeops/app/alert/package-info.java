@NullMarked
package io.tradeops.app.alert;

import org.jspecify.annotations.NullMarked;
