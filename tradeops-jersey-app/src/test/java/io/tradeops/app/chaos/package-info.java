/** Faults and attackers against a server in a process of its own. */
@NullMarked
package io.tradeops.app.chaos;

import org.jspecify.annotations.NullMarked;
