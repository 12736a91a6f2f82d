package io.tradeops.app.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of the embedded services, locked for one process at a time. A service that already runs when a
 * process gets the lock is an orphan of a killed process. Not thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Creates the directory if it does not exist, and locks it.
     *
     * @throws IOException if its creation fails or another process holds the lock; the message names the directory
     */
    public static DataDirectory open(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            PrivateFiles.createOpenDirectories(absolute);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("TRADEOPS_DATA_DIR " + absolute + " is not a directory", e);
        } catch (FileSystemException e) {
            throw new IOException("TRADEOPS_DATA_DIR " + absolute + " could not be created: " + e.getMessage(), e);
        }
        FileChannel lockFile =
                FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(lockFile) == null) {
            lockFile.close();
            throw new IOException("data directory " + absolute
                    + " is in use by another TradeOps process; stop it or set TRADEOPS_DATA_DIR");
        }
        return new DataDirectory(absolute, lockFile);
    }

    /**
     * Whether a process holds the lock of a directory.
     *
     * @throws IOException if opening the lock file fails
     */
    public static boolean isInUse(Path path) throws IOException {
        Path file = path.toAbsolutePath().normalize().resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel lockFile = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return tryLock(lockFile) == null;
        }
    }

    /** The absolute path of the directory. */
    public Path path() {
        return path;
    }

    /** Releases the lock; the data stays. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
