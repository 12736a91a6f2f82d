package io.tradeops.app.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sends requests that an HTTP client would not send, as bytes over a socket. */
public final class RawHttp {

    private static final Pattern REQUEST_LINE = Pattern.compile("^([A-Z]+) (/[^ ?]*)\\S* HTTP/1");
    private static final int FIRST_ERROR = 400;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Supplier<URI> server;

    /** Creates a client of the server at an address. */
    public RawHttp(URI server) {
        this(() -> server);
    }

    /** Creates a client of a server whose address is known once it runs. */
    RawHttp(Supplier<URI> server) {
        this.server = server;
    }

    /** An answer as it was received. */
    public record Answer(String text) {

        /** The status; 0 if there was no answer. */
        public int status() {
            return text.isEmpty() ? 0 : Integer.parseInt(text.split(" ", 3)[1]);
        }

        /** A header's value; empty if the header is missing. */
        public String header(String name) {
            return text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")))
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** All headers. */
        Map<String, String> headers() {
            return text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")))
                    .lines()
                    .skip(1)
                    .map(line -> line.split(": ?", 2))
                    .collect(Collectors.toMap(field -> field[0], field -> field[1], (first, second) -> first));
        }

        /** The bytes after the head. */
        public String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    /** Sends a head with these lines, {@code Host} and {@code Connection: close}, and a body. */
    public Answer send(String body, String... lines) throws IOException {
        String head = String.join("\r\n", lines) + "\r\nHost: " + server.get().getAuthority()
                + "\r\nConnection: close\r\n\r\n";
        return sendBytes((head + body).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes and reads until the server closes. An error must be as in the OpenAPI document. */
    public Answer sendBytes(byte[] bytes) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            Answer answer = read(socket);
            check(bytes, answer);
            return answer;
        }
    }

    private static void check(byte[] request, Answer answer) {
        Matcher line = REQUEST_LINE.matcher(new String(request, StandardCharsets.ISO_8859_1));
        if (line.find() && answer.status() >= FIRST_ERROR) {
            ApiContract.check(new ApiContract.Exchange(
                    line.group(1), line.group(2), answer.status(), answer.headers(), answer.body()));
        }
    }

    /** Opens a connection with a time limit for each read. */
    public Socket connect() throws IOException {
        Socket socket = new Socket(server.get().getHost(), server.get().getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Reads until the server closes, or sends nothing for 10 s. */
    public static Answer read(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException e) {
            // the bytes so far are the answer
        } catch (IOException e) {
            if (answer.size() == 0) {
                throw e;
            }
        }
        return new Answer(answer.toString(StandardCharsets.UTF_8));
    }
}
