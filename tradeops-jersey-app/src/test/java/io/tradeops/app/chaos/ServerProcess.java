package io.tradeops.app.chaos;

import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link ChaosServer} in a process of 512 MB, which can be killed and started again. Not thread-safe. */
final class ServerProcess implements AutoCloseable {

    private final Path directory;
    private final Map<String, String> environment;
    private final URI address;
    private final Path log;
    private Process process;
    private BufferedReader answers;

    /** The heap in use after a collection, in bytes, and the number of threads. */
    record Memory(long heap, int threads) {}

    private ServerProcess(Path directory, Map<String, String> environment, URI address) throws IOException {
        this.directory = directory;
        this.environment = environment;
        this.address = address;
        this.log = directory.resolve("server.log");
        this.process = launch();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a server, and waits until it serves. Its log is a file of the directory. */
    static ServerProcess start(Path directory, Map<String, String> environment, int port) throws Exception {
        ServerProcess server = new ServerProcess(directory, environment, URI.create("http://127.0.0.1:" + port + "/"));
        server.awaitServing();
        return server;
    }

    URI address() {
        return address;
    }

    /** Kills the server without a warning, and starts it again. */
    void killAndStart() throws Exception {
        process.destroyForcibly().waitFor();
        process = launch();
        answers = process.inputReader(StandardCharsets.UTF_8);
        awaitServing();
    }

    /** Sets the server's clock. */
    void stepClock(long millis) throws IOException {
        ask("step " + millis);
    }

    Memory memory() throws IOException {
        String answer = ask("memory");
        int space = answer.indexOf(' ');
        return new Memory(Long.parseLong(answer.substring(0, space)), Integer.parseInt(answer.substring(space + 1)));
    }

    /** The last lines of the server's log. */
    String logTail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** Stops the server. Returns its exit code, or -1 if it does not end within 30 s. */
    int stop() throws Exception {
        send("stop");
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChaosServer.class.getName())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectOutput(ProcessBuilder.Redirect.PIPE);
        builder.environment().keySet().removeIf(name -> name.startsWith("TRADEOPS_") || name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitServing() throws Exception {
        Client client = new Client(address);
        Eventually.await("the server serves\n" + logTail(), () -> isLive(client));
        String line = answers.readLine();
        while (line != null && !line.startsWith("serving ")) {
            line = answers.readLine();
        }
    }

    private boolean isLive(Client client) throws InterruptedException {
        try {
            return client.get("health/live").status() == 200;
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new AssertionError("the server has ended with " + process.exitValue());
            }
            return false;
        }
    }

    private String ask(String command) throws IOException {
        send(command);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the server has ended\n" + logTail());
        }
        return answer;
    }

    private void send(String command) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
