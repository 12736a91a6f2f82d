package io.tradeops.app.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks, once, the PostgreSQL programs that the build includes for its own platform. Static functions; callers hold
 * the lock of the data directory.
 */
final class PostgresBinaries {

    private static final List<String> PLATFORMS =
            List.of("linux-x86_64", "linux-arm_64", "darwin-x86_64", "darwin-arm_64", "windows-x86_64");
    private static final int EXECUTABLE = 0100;
    private static final String OTHERS_READ_AND_RUN = "rwxr-xr-x";
    private static final String OTHERS_READ = "rw-r--r--";

    private PostgresBinaries() {}

    /** The installation directory below {@code parent}, with {@code bin}, {@code lib} and {@code share}. */
    static Path unpack(Path parent) throws IOException {
        String archive = archive();
        Path home = parent.resolve(archive.replaceAll("[/.]|txz", "")).resolve(String.valueOf(size(archive)));
        if (Files.isDirectory(home)) {
            return home;
        }
        Path partial = PrivateFiles.createOpenDirectories(home.resolveSibling(home.getFileName() + ".partial"));
        deleteRecursively(partial);
        unpackArchive(archive, partial);
        return Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    }

    static void deleteRecursively(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String archive() throws IOException {
        for (String platform : PLATFORMS) {
            String name = "/postgres-" + platform + ".txz";
            if (PostgresBinaries.class.getResource(name) != null) {
                return name;
            }
        }
        throw new IOException("this build includes no PostgreSQL for this platform; set TRADEOPS_DATABASE_URL");
    }

    /** Distinguishes the binaries of different builds. */
    private static long size(String archive) throws IOException {
        try (InputStream in = open(archive)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void unpackArchive(String archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("archive entry leaves its directory: " + entry.getName());
                }
                unpackEntry(tar, entry, path);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            PrivateFiles.createOpenDirectories(path);
            return;
        }
        PrivateFiles.createOpenDirectories(
                Objects.requireNonNull(path.getParent(), "a file of the archive has a directory"));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            boolean isProgram = (entry.getMode() & EXECUTABLE) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(isProgram ? OTHERS_READ_AND_RUN : OTHERS_READ));
        }
    }

    private static InputStream open(String archive) throws IOException {
        InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new IOException("missing resource: " + archive);
        }
        return in;
    }
}
