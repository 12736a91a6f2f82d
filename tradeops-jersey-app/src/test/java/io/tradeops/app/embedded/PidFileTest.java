package io.tradeops.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFileTest {

    @TempDir
    Path data;

    private Path file;

    @BeforeEach
    void name() {
        file = data.resolve("postmaster.pid");
    }

    @Test
    void readsWhatARunningServerWrites() throws Exception {
        Files.writeString(file, "4711\n" + data + "\n1790000000\n40123\n\n127.0.0.1\n 12345  6\nready   \n");

        assertThat(PidFile.read(file)).contains(new PidFile(4711, data.toString(), 1_790_000_000, 40_123, true));
    }

    @Test
    void serverThatStartsIsNotReady() throws Exception {
        Files.writeString(file, "4711\n" + data + "\n1790000000\n40123\n\n127.0.0.1\n 12345  6\nstarting\n");

        assertThat(PidFile.read(file)).map(PidFile::isReady).contains(false);
    }

    @Test
    void noFileIsEmpty() throws Exception {
        assertThat(PidFile.read(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "x", "0", "1", "-4711", "2147483648", "99999999999999999999", "47 11", "\0\0\0\0"})
    void fileWithoutTheNumberOfAProcessIsEmpty(String text) throws Exception {
        Files.writeString(file, text);

        assertThat(PidFile.read(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4711",
                "4711\n",
                "4711\n\n\n\n\n\n\n\n",
                "4711\n\nx\ny",
                "4711\n\n-1\n-1",
                "4711\n\n999999999999999\n65536"
            })
    void whatIsMissingOrOutOfRangeIsEmptyOrZero(String text) throws Exception {
        Files.writeString(file, text);

        assertThat(PidFile.read(file)).contains(new PidFile(4711, "", 0, 0, false));
    }

    @Test
    void onlyTheBeginningOfAHugeFileIsRead() throws Exception {
        Files.writeString(file, "4711\n");
        Files.write(file, new byte[1 << 20], StandardOpenOption.APPEND);

        assertThat(PidFile.read(file)).map(PidFile::pid).contains(4711L);
    }

    @Test
    void namesADirectoryByAnyPath() throws Exception {
        Path link = Files.createSymbolicLink(data.resolveSibling(data.getFileName() + "-link"), data);
        try {
            assertThat(of(data.toString()).names(link)).isTrue();
            assertThat(of(link + "/../" + data.getFileName()).names(data)).isTrue();
            assertThat(of(data.resolve("..").toString()).names(data)).isFalse();
            assertThat(of("").names(Path.of(""))).isFalse();
            assertThat(of("\0").names(data)).isFalse();
        } finally {
            Files.delete(link);
        }
    }

    private static PidFile of(String directory) {
        return new PidFile(4711, directory, 0, 0, false);
    }
}
