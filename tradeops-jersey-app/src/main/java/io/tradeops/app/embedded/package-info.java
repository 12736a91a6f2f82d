/**
 * A real PostgreSQL and an S3 protocol server, for a server that has none configured. {@link
 * io.tradeops.app.embedded.EmbeddedPostgres} and {@link io.tradeops.app.embedded.EmbeddedS3} are the entries; both
 * store their data in a {@link io.tradeops.app.embedded.DataDirectory}.
 */
@NullMarked
package io.tradeops.app.embedded;

import org.jspecify.annotations.NullMarked;
