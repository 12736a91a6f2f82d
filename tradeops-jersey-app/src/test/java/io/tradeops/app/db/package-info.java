@NullMarked
package io.tradeops.app.db;

import org.jspecify.annotations.NullMarked;
