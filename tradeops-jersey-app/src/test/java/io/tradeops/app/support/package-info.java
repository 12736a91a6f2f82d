/** Shared by the tests of several packages: servers, clients, a browser, processes, databases, and conditions. */
@NullMarked
package io.tradeops.app.support;

import org.jspecify.annotations.NullMarked;
