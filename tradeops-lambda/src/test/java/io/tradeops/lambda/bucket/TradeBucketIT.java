package io.tradeops.lambda.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.lambda.LocalS3;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TradeBucketIT {

    private static Path directory;
    private static LocalS3 s3;
    private static TradeBucket bucket;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        s3 = LocalS3.in(Files.createDirectory(directory.resolve("s3")));
        bucket = s3.newBucket("trades");
    }

    @AfterAll
    static void stop() {
        bucket.close();
        s3.close();
    }

    @Test
    void readsBackTheBytesOfAnArray() throws Exception {
        byte[] content = randomBytes(300_000);
        String etag = bucket.put("round/trip.bin", content, "application/octet-stream", Map.of("rows", "3"));
        try (TradeObjectStream stream = bucket.open("round/trip.bin").orElseThrow()) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
            assertThat(stream.object())
                    .isEqualTo(new StoredObject("round/trip.bin", etag, content.length, Map.of("rows", "3")));
        }
        assertThat(bucket.head("round/trip.bin"))
                .contains(new StoredObject("round/trip.bin", etag, content.length, Map.of("rows", "3")));
    }

    @Test
    void readsBackTheBytesOfAFile() throws Exception {
        byte[] content = randomBytes(3_000_000);
        Path file = Files.write(directory.resolve("big.bin"), content);
        bucket.put("big.bin", file, "application/octet-stream", Map.of());
        assertThat(read(bucket, "big.bin")).isEqualTo(content);
    }

    @Test
    void writesAFileLargerThanServersHoldInMemory() throws Exception {
        Path file = directory.resolve("large.bin");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(150_000_000);
        }
        bucket.put("large.bin", file, "application/octet-stream", Map.of());
        assertThat(bucket.head("large.bin").orElseThrow().size()).isEqualTo(150_000_000);
    }

    @Test
    void etagIsThatOfTheContent() throws Exception {
        String first = bucket.put("etag.csv", "a\n".getBytes(UTF_8), "text/csv", Map.of());
        String same = bucket.put("etag.csv", "a\n".getBytes(UTF_8), "text/csv", Map.of());
        String other = bucket.put("etag.csv", "b\n".getBytes(UTF_8), "text/csv", Map.of());
        assertThat(same).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(first).doesNotContain("\"");
    }

    @Test
    void findsNothingUnderAMissingKey() throws Exception {
        assertThat(bucket.head("2026/01/01/trades.csv")).isEmpty();
        assertThat(bucket.open("2026/01/01/trades.csv")).isEmpty();
    }

    @Test
    void deletesExistingAndMissingObjects() throws Exception {
        bucket.put("gone.csv", new byte[0], "text/csv", Map.of());
        bucket.delete("gone.csv");
        bucket.delete("gone.csv");
        assertThat(bucket.head("gone.csv")).isEmpty();
    }

    @Test
    void listsAllKeysOfAPrefixAndAcceptsAnyKey() throws Exception {
        String odd = "list/a b+c&d=ü%20/trades.csv";
        bucket.put(odd, "x".getBytes(UTF_8), "text/csv", Map.of());
        for (int i = 0; i < 5; i++) {
            bucket.put("list/" + i, new byte[0], "text/csv", Map.of());
        }
        assertThat(bucket.keys("list/")).containsExactly("list/0", "list/1", "list/2", "list/3", "list/4", odd);
        assertThat(read(bucket, odd)).asString(UTF_8).isEqualTo("x");
        assertThat(bucket.keys("nothing/")).isEmpty();
    }

    @Test
    void createsABucketOnce() throws Exception {
        try (TradeBucket created = s3.newBucket("created")) {
            created.createIfMissing();
            created.check();
        }
    }

    @Test
    void everyCallNamesAMissingBucket() {
        try (TradeBucket missing = s3.bucket("no-such-bucket")) {
            String message = "bucket 'no-such-bucket' does not exist or is not accessible at " + s3.endpoint();
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(missing::check)
                    .withMessageStartingWith(message)
                    .satisfies(e -> assertThat(e.bucket()).isEqualTo("no-such-bucket"));
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(() -> missing.head("a"))
                    .withMessageStartingWith(message);
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(() -> missing.open("a"))
                    .withMessageStartingWith(message);
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(() -> missing.keys(""))
                    .withMessageStartingWith(message);
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(() -> missing.put("a", new byte[0], "text/csv", Map.of()))
                    .withMessageStartingWith(message);
        }
    }

    @Test
    void namesTheObjectThatWrongCredentialsMayNotRead() {
        try (TradeBucket denied = TradeBucket.connect("trades", s3.endpoint(), "somebody", "else", "us-east-1")) {
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(() -> denied.open("a/b.csv"))
                    .withMessageStartingWith("cannot read s3://trades/a/b.csv at " + s3.endpoint())
                    .satisfies(e -> assertThat(e.key()).isEqualTo("a/b.csv"));
        }
    }

    @Test
    void namesAnUnreachableEndpoint() throws Exception {
        URI unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (TradeBucket unreachable = TradeBucket.connect("trades", unused, "a", "b", "us-east-1")) {
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(unreachable::check)
                    .withMessageStartingWith("bucket 'trades' does not exist or is not accessible at " + unused);
        }
    }

    @Test
    void resumesReadingAfterTheConnectionBreaks() throws Exception {
        byte[] content = randomBytes(1_000_000);
        bucket.put("breaking.bin", content, "application/octet-stream", Map.of());
        try (BreakingConnections network = BreakingConnections.inFrontOf(s3.endpoint(), 300_000);
                TradeBucket breaking = s3.bucketAt(network.endpoint(), "trades")) {
            assertThat(read(breaking, "breaking.bin")).isEqualTo(content);
            assertThat(network.accepted()).isEqualTo(4);
        }
    }

    @Test
    void failsWhenTheObjectChangesBeforeTheRestIsRead() throws Exception {
        bucket.put("changing.bin", randomBytes(1_000_000), "application/octet-stream", Map.of());
        try (BreakingConnections network = BreakingConnections.inFrontOf(s3.endpoint(), 300_000);
                TradeBucket breaking = s3.bucketAt(network.endpoint(), "trades");
                TradeObjectStream stream = breaking.open("changing.bin").orElseThrow()) {
            stream.readNBytes(1000);
            bucket.put("changing.bin", new byte[1_000_000], "application/octet-stream", Map.of());
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(stream::readAllBytes)
                    .withMessageStartingWith("cannot resume reading s3://trades/changing.bin");
        }
    }

    @Test
    void manyUnfinishedReadsDoNoHarm() throws Exception {
        bucket.put("unfinished.bin", randomBytes(1_000_000), "application/octet-stream", Map.of());
        for (int i = 0; i < 100; i++) {
            try (TradeObjectStream stream = bucket.open("unfinished.bin").orElseThrow()) {
                assertThat(stream.read()).isNotNegative();
            }
        }
    }

    @Test
    void rejectsABlankName() {
        assertThatIllegalArgumentException().isThrownBy(() -> TradeBucket.fromEnvironment(" "));
    }

    private static byte[] read(TradeBucket from, String key) throws IOException {
        try (TradeObjectStream stream = from.open(key).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
