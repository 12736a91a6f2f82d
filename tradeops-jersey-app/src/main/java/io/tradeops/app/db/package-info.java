/** The database: pool, schema and sessions; {@link io.tradeops.app.db.Database} is the entry. It knows no feature. */
@NullMarked
package io.tradeops.app.db;

import org.jspecify.annotations.NullMarked;
