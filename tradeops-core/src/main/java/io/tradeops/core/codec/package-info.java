/**
 * Reads and writes the bytes of snapshots, and checks arguments, for the other packages of this module. The module does
 * not export it. Start with {@link io.tradeops.core.codec.BytesWriter} and {@link io.tradeops.core.codec.BytesReader}.
 */
@NullMarked
package io.tradeops.core.codec;

import org.jspecify.annotations.NullMarked;
