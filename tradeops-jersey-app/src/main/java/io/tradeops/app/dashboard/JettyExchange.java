package io.tradeops.app.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.tradeops.app.dashboard.UnsentAnswers.PageFile;
import io.tradeops.app.http.Answers;
import io.tradeops.jobs.dashboard.JobDashboard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request to Jetty as JobRunr's handlers see it. They read no body, and write an answer before they return, which is
 * held in memory and then sent without a thread. A stream of events goes on after they have returned. One thread uses
 * an exchange, except for its stream.
 */
final class JettyExchange extends HttpExchange {

    private static final Logger log = LoggerFactory.getLogger(JettyExchange.class);

    private static final int MAX_ANSWER_BYTES = 8 << 20;
    private static final long MAX_SENDING_SECONDS = 60;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final URI uri;
    private final Headers requestHeaders = new Headers();
    private final Headers responseHeaders = new Headers();
    private final Map<String, Object> attributes = new HashMap<>();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final OutputStream body = new Body();
    private int status;
    private @Nullable EventStream stream;

    JettyExchange(Request request, Response response, Callback callback, URI uri) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.uri = uri;
        for (HttpField field : request.getHeaders()) {
            requestHeaders.add(field.getName(), field.getValue());
        }
    }

    /** Replaces the answer by an error, or ends the stream. */
    void setFailed() {
        if (stream == null) {
            status = HttpStatus.INTERNAL_SERVER_ERROR_500;
        } else {
            stream.close();
        }
    }

    /** Sends the answer. Errors are problems, because JobRunr's contain stack traces. */
    void complete(UnsentAnswers memory) {
        if (stream != null) {
            return;
        }
        if (status == 0) {
            status = HttpStatus.NOT_FOUND_404;
        }
        byte[] bytes = answer.toByteArray();
        if (status == HttpStatus.INTERNAL_SERVER_ERROR_500) {
            log.debug("the dashboard failed: {}", new String(bytes, StandardCharsets.UTF_8));
        }
        if (status >= HttpStatus.BAD_REQUEST_400) {
            refuse();
        } else if (isFile()) {
            PageFile file = new PageFile(responseHeaders, bytes);
            memory.keep(uri.getPath(), file);
            complete(file);
        } else if (memory.reserve(bytes)) {
            copyHead(responseHeaders);
            send(bytes, () -> memory.release(bytes));
        } else {
            status = HttpStatus.SERVICE_UNAVAILABLE_503;
            refuse();
        }
    }

    /** Sends a file. */
    void complete(PageFile file) {
        status = HttpStatus.OK_200;
        copyHead(file.headers());
        send(file.bytes(), () -> {});
    }

    private boolean isFile() {
        String caching = responseHeaders.getFirst("Cache-Control");
        return status == HttpStatus.OK_200
                && request.getMethod().equals("GET")
                && caching != null
                && caching.startsWith("public");
    }

    private void send(byte[] bytes, Runnable onSent) {
        Scheduler.Task limit = request.getComponents()
                .getScheduler()
                .schedule(endPoint()::close, MAX_SENDING_SECONDS, TimeUnit.SECONDS);
        Runnable end = () -> {
            limit.cancel();
            onSent.run();
        };
        response.write(true, ByteBuffer.wrap(bytes), Callback.from(end, callback));
    }

    private void refuse() {
        String allowed = responseHeaders.getFirst(HttpHeader.ALLOW.asString());
        if (allowed != null) {
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "2");
        }
        var unused = Answers.refuse(request, response, callback, status, HttpStatus.getMessage(status));
    }

    private void copyHead(Headers headers) {
        response.setStatus(status);
        headers.forEach((name, values) -> {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "connection", "content-length", "transfer-encoding" -> {} // Jetty's own
                case "content-security-policy" ->
                    values.forEach(value -> response.getHeaders().add(name, value));
                default -> response.getHeaders().put(name, values);
            }
        });
    }

    private EndPoint endPoint() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        if (status != 0) {
            throw new IOException("the head has been sent");
        }
        status = code;
        if ("text/event-stream".equals(responseHeaders.getFirst("Content-Type"))) {
            copyHead(responseHeaders);
            stream = new EventStream(request, response, callback, this::closeSource);
            stream.begin();
        }
    }

    /** Ends what writes to the stream. */
    private void closeSource() {
        Object source = getAttribute(JobDashboard.STREAM);
        if (source instanceof Runnable end) {
            end.run();
        }
    }

    @Override
    public OutputStream getResponseBody() {
        return body;
    }

    @Override
    public Headers getRequestHeaders() {
        return requestHeaders;
    }

    @Override
    public Headers getResponseHeaders() {
        return responseHeaders;
    }

    @Override
    public URI getRequestURI() {
        return uri;
    }

    @Override
    public String getRequestMethod() {
        return request.getMethod();
    }

    @Override
    public InputStream getRequestBody() {
        return InputStream.nullInputStream();
    }

    @Override
    public int getResponseCode() {
        return status == 0 ? -1 : status;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return (InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress();
    }

    @Override
    public String getProtocol() {
        return request.getConnectionMetaData().getProtocol();
    }

    @Override
    public synchronized @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        synchronized (this) {
            attributes.put(name, value);
        }
        if (stream != null && stream.hasEnded()) {
            closeSource();
        }
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public HttpContext getHttpContext() {
        throw new UnsupportedOperationException("there is no context");
    }

    @Override
    public void setStreams(InputStream in, OutputStream out) {
        throw new UnsupportedOperationException("the streams can't be replaced");
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return null;
    }

    /** Where handlers write, even before they send the head. */
    private final class Body extends OutputStream {

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (stream != null) {
                stream.write(bytes, offset, length);
            } else if (answer.size() + length <= MAX_ANSWER_BYTES) {
                answer.write(bytes, offset, length);
            } else {
                status = HttpStatus.INTERNAL_SERVER_ERROR_500;
                throw new IOException("the answer has more than " + MAX_ANSWER_BYTES + " bytes");
            }
        }

        @Override
        public void flush() throws IOException {
            if (stream != null) {
                stream.flush();
            }
        }

        @Override
        public void close() {
            if (stream != null) {
                stream.close();
            }
        }
    }
}
