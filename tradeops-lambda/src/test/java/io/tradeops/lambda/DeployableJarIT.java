package io.tradeops.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.lambda.RuntimeApi.Answer;
import io.tradeops.lambda.bucket.TradeBucket;
import java.io.File;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** The uploaded jar, run as in Lambda: by the runtime client, in a process of its own, without other libraries. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client's native part is for Linux")
class DeployableJarIT {

    private static final Path JAR = Path.of(System.getProperty("basedir", "."), "target", "tradeops-lambda.jar");
    private static final DailyTradeFile FILE = DailyTradeFile.of(LocalDate.of(2025, 11, 10));

    private static Path directory;
    private static final String NATIVE_LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private static LocalS3 s3;
    private static TradeBucket bucket;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        s3 = LocalS3.in(Files.createDirectory(temporary.resolve("s3")));
        bucket = s3.newBucket("trades");
    }

    @AfterAll
    static void stop() {
        bucket.close();
        s3.close();
    }

    @Test
    void runsWithoutOtherLibraries() throws Exception {
        byte[] kraken = ReferenceAnalysis.file("kraken_xbtusdt_trades.csv");
        String expected = ReferenceAnalysis.of(kraken, "price", "volume", "XBTUSDT");
        bucket.put(FILE.tradesKey(), kraken, "text/csv", Map.of());
        try (RuntimeApi api = RuntimeApi.start();
                Function function = new Function(api, Map.of("TRADEOPS_BUCKET", "trades"))) {
            Answer direct = api.invoke("{\"date\":\"2025-11-10\"}");
            assertThat(direct.path()).describedAs(direct.body()).isEqualTo("invocation/request-1/response");
            assertThat(direct.body())
                    .contains("\"rows\":1000,\"rejected\":0,\"tickers\":1,\"results\":[{\"ticker\":\"XBTUSDT\"");

            Answer csv = api.invoke(request("text/csv"));
            assertThat(csv.body()).contains("\"statusCode\":200", expected.replace("\n", "\\n"));

            Answer error = api.invoke("{\"date\":\"2025-11-11\"}");
            assertThat(error.path()).isEqualTo("invocation/request-1/error");
            assertThat(error.body()).contains("no s3://trades/2025/11/11/trades.csv or .gz", "AnalysisFailedException");
            assertThat(function.process.isAlive()).isTrue();
        }
    }

    @Test
    void namesAMissingSettingAtItsStart() throws Exception {
        try (RuntimeApi api = RuntimeApi.start();
                Function function = new Function(api, Map.of())) {
            Answer error = api.answer();
            assertThat(error.path()).isEqualTo("init/error");
            assertThat(error.body()).contains("TRADEOPS_BUCKET is not set");
            assertThat(function.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void containsNoUnwantedLibraries() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(
                            "io/tradeops/lambda/AnalyzeTradesHandler.class", "io/tradeops/core/csv/TradeAnalysis.class")
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"))
                    .noneMatch(name -> name.startsWith("org/jobrunr/"))
                    .noneMatch(name -> name.startsWith("io/netty/") || name.startsWith("org/apache/http"))
                    .doesNotHaveDuplicates();
        }
        assertThat(Files.size(JAR)).isLessThan(12_000_000);
    }

    private static String request(String accept) {
        return "{\"version\":\"2.0\",\"rawPath\":\"/\",\"headers\":{\"accept\":\"" + accept
                + "\"},\"queryStringParameters\":{\"date\":\"2025-11-10\"},"
                + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}";
    }

    /** The process, with the environment that Lambda sets and the user's settings. */
    private static final class Function implements AutoCloseable {

        private final Process process;

        Function(RuntimeApi api, Map<String, String> settings) throws Exception {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-D" + NATIVE_LIBRARY + "=" + nativeLibrary(),
                    "-cp",
                    classPath(),
                    AWSLambda.class.getName(),
                    AnalyzeTradesHandler.class.getName() + "::handleRequest");
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("TRADEOPS_") || name.startsWith("AWS_"));
            environment.putAll(Map.of(
                    "AWS_LAMBDA_RUNTIME_API",
                    api.address(),
                    "AWS_LAMBDA_FUNCTION_NAME",
                    "analyze-trades",
                    "AWS_REGION",
                    LocalS3.REGION,
                    "AWS_ACCESS_KEY_ID",
                    LocalS3.ACCESS_KEY,
                    "AWS_SECRET_ACCESS_KEY",
                    LocalS3.SECRET_KEY,
                    "AWS_ENDPOINT_URL_S3",
                    s3.endpoint().toString(),
                    "LAMBDA_TASK_ROOT",
                    directory.toString()));
            environment.putAll(settings);
            process = builder.redirectErrorStream(true)
                    .redirectOutput(JAR.resolveSibling("function.log").toFile())
                    .start();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        /** By default the client unpacks the library to a fixed path in /tmp, which another user's test may own. */
        private static Path nativeLibrary() throws Exception {
            String system = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
            String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
            String name = "libaws-lambda-jni." + system + "-" + processor + ".so";
            try (InputStream in = Objects.requireNonNull(AWSLambda.class.getResourceAsStream("/jni/" + name), name)) {
                Path library = directory.resolve(name);
                Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
                return library;
            }
        }

        /** The runtime client with its libraries, which AWS provides, and the jar. */
        private static String classPath() {
            return Stream.concat(
                            Stream.of(
                                            AWSLambda.class,
                                            PojoSerializer.class,
                                            LambdaLogger.class,
                                            SdkInternalThreadLocal.class)
                                    .map(DeployableJarIT::jarOf),
                            Stream.of(JAR))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
