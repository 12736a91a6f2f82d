package io.tradeops.app.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory for JUnit extensions, into which {@code @TempDir} does not inject one. Not thread-safe. */
public final class TestDirectory implements AutoCloseable {

    private final Path path;

    private TestDirectory(Path path) {
        this.path = path;
    }

    /** Creates a directory. */
    public static TestDirectory create() throws IOException {
        return new TestDirectory(Files.createTempDirectory("tradeops-test-"));
    }

    /** The path of the directory. */
    public Path path() {
        return path;
    }

    /** Deletes the directory and its files. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(TestDirectory::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
