/**
 * A real PostgreSQL and a real S3 protocol server in this process's care, for when none is configured:
 * {@link io.tradeops.app.embedded.EmbeddedPostgres} and {@link io.tradeops.app.embedded.EmbeddedS3}, both kept in a
 * {@link io.tradeops.app.embedded.DataDirectory}.
 */
@NullMarked
package io.tradeops.app.embedded;

import org.jspecify.annotations.NullMarked;
