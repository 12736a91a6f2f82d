@NullMarked
package io.tradeops.app.cli;

import org.jspecify.annotations.NullMarked;
