package io.tradeops.app;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk of the embedded services' data. A server that has none of them does not watch a disk. Thread-safe.
 */
final class DataDisk {

    /** PostgreSQL needs room for a further segment of its log, of 16 MiB, and for the rows themselves. */
    static final long LEAST_FREE_BYTES = 32L << 20;

    private final Optional<Path> directory;

    /** The disk of a data directory; empty if there is none. */
    DataDisk(Optional<Path> directory) {
        this.directory = directory;
    }

    /** What is wrong with the disk, in words for any caller; empty if nothing is. */
    Optional<String> problem() {
        return directory.isPresent() && freeBytes() < LEAST_FREE_BYTES
                ? Optional.of("has " + (((long) freeBytes()) >> 20) + " MiB free for data, less than "
                        + (LEAST_FREE_BYTES >> 20))
                : Optional.empty();
    }

    /** The bytes that are free for this process; NaN without a data directory. */
    double freeBytes() {
        return directory.map(path -> (double) path.toFile().getUsableSpace()).orElse(Double.NaN);
    }
}
