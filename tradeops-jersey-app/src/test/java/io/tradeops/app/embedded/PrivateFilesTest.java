package io.tradeops.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
class PrivateFilesTest {

    @TempDir
    Path directory;

    @Test
    void writtenFileIsPrivateAndReplacesAnOpenOne() throws Exception {
        Path file = directory.resolve("secret");
        Files.writeString(file, "old");
        Files.writeString(directory.resolve("secret.partial"), "left by a crash");
        try (InputStream open = Files.newInputStream(file)) {
            PrivateFiles.write(file, "new");

            assertThat(new String(open.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("old");
        }
        assertThat(file).hasContent("new");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(directory).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void createdFileIsPrivateAndAnExistingOneBecomesSo() throws Exception {
        Path created = directory.resolve("created");
        Path existing = Files.writeString(directory.resolve("existing"), "text");
        Files.setPosixFilePermissions(existing, PosixFilePermissions.fromString("rw-r--rw-"));

        PrivateFiles.create(created);
        PrivateFiles.create(existing);

        assertThat(permissions(created)).isEqualTo("rw-------");
        assertThat(permissions(existing)).isEqualTo("rw-------");
        assertThat(existing).hasContent("text");
    }

    @Test
    void createdDirectoriesArePrivateOrChangedByTheirOwnerOnly() throws Exception {
        Path open = PrivateFiles.createOpenDirectories(directory.resolve("a/b"));
        Path own = PrivateFiles.createDirectory(open.resolve("own"));

        assertThat(permissions(open)).matches("rwx.-..-.");
        assertThat(permissions(own)).isEqualTo("rwx------");
        assertThat(PrivateFiles.createDirectory(own)).isEqualTo(own);
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
