/** What the tests of several packages share: servers, clients, a browser, processes, databases, and waiting for conditions. */
@NullMarked
package io.tradeops.app.support;

import org.jspecify.annotations.NullMarked;
