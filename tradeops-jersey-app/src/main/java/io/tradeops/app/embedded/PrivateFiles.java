package io.tradeops.app.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Files and directories that only their owner can read, from their first byte and whatever the umask. On Windows, which
 * has no POSIX permissions, they have those of their directory. Static functions; thread-safe.
 */
final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OPEN_DIRECTORY = PosixFilePermissions.fromString("rwxr-xr-x");

    private PrivateFiles() {}

    /** Creates a directory that only its owner can enter. An existing one stays as it is. Its parent must exist. */
    static Path createDirectory(Path directory) throws IOException {
        return Files.isDirectory(directory)
                ? directory
                : Files.createDirectory(directory, attributes(directory, DIRECTORY));
    }

    /** Creates a directory and its missing parents. Others may enter them, but only the owner can change them. */
    static Path createOpenDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, attributes(directory, OPEN_DIRECTORY));
    }

    /** Creates an empty file, or takes all rights of others from an existing one. */
    static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException e) {
            restrict(file);
        }
    }

    /**
     * Replaces a file by a new one, at once, which is on the disk when this returns. Whoever had the old file open doesn't
     * see the new text.
     */
    static void write(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        try (FileChannel channel = FileChannel.open(
                partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(partial, FILE))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** A file system without permissions, such as FAT, refuses to set them. */
    private static void restrict(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || FILE.containsAll(view.readAttributes().permissions())) {
            return;
        }
        try {
            view.setPermissions(FILE);
        } catch (IOException e) {
            LoggerFactory.getLogger(PrivateFiles.class).warn("others may be able to read {}: {}", file, e.getMessage());
        }
    }
}
