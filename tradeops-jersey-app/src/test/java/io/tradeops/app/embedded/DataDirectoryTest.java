package io.tradeops.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void createsAMissingDirectory() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temporary.resolve("a/../b/c"))) {
            assertThat(directory.path())
                    .isEqualTo(temporary.resolve("b/c"))
                    .isAbsolute()
                    .isDirectory();
        }
    }

    @Test
    void refusesASecondOpenUntilTheFirstCloses() throws Exception {
        try (DataDirectory first = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> DataDirectory.open(temporary.resolve(".")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("TRADEOPS_DATA_DIR");
        }
        DataDirectory.open(temporary).close();
    }

    @Test
    void refusesAnotherProcess() throws Exception {
        try (DataDirectory first = DataDirectory.open(temporary)) {
            Process other = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Opener.class.getName(),
                            first.path().toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(temporary.resolve("output").toFile())
                    .start();

            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(temporary.resolve("output")).strip())
                    .isEqualTo("data directory " + first.path()
                            + " is in use by another TradeOps process; stop it or set TRADEOPS_DATA_DIR");
        }
    }

    @Test
    void namesAFileInItsPlace() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    /** The program of the other process. */
    static final class Opener {

        public static void main(String[] arguments) throws IOException {
            try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]))) {
                System.out.println("opened " + directory.path());
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
