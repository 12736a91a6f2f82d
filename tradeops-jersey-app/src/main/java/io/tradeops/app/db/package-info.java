/**
 * The database: pool, schema, sessions and row mapping. {@link io.tradeops.app.db.Database} is the entry. The package
 * knows no feature.
 */
@NullMarked
package io.tradeops.app.db;

import org.jspecify.annotations.NullMarked;
