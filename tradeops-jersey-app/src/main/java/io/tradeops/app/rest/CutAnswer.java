package io.tradeops.app.rest;

import io.tradeops.app.db.Causes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A streamed answer that closes its connection if it fails in the middle. Otherwise the server would end the answer
 * normally, and the client would take a part for the whole.
 *
 * <p>An HTTP/1.1 client gets chunks, and sees that the last chunk is missing. For HTTP/1.0 the connection is reset.
 * Used once, by one thread.
 */
public final class CutAnswer implements StreamingOutput {

    private static final Logger log = LoggerFactory.getLogger(CutAnswer.class);

    private final HttpServletRequest request;
    private final StreamingOutput answer;

    private CutAnswer(HttpServletRequest request, StreamingOutput answer) {
        this.request = request;
        this.answer = answer;
    }

    /** The response to a request. GET gets the answer; HEAD gets the headers only, and {@code answer} does not run. */
    public static Response response(HttpServletRequest request, String type, StreamingOutput answer) {
        Response.ResponseBuilder builder = Response.ok().type(type);
        if (request.getMethod().equals("HEAD")) {
            LongAnswer.continueWith(request, never -> {});
        } else {
            builder.entity(new CutAnswer(request, answer));
        }
        if (request.getProtocol().equals(HttpVersion.HTTP_1_1.asString())) {
            builder.header(HttpHeader.TRANSFER_ENCODING.asString(), HttpHeaderValue.CHUNKED.asString());
        }
        return builder.build();
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            answer.write(out);
        } catch (IOException e) {
            log.debug("the client closed the connection before the end of {}", request.getRequestURI(), e);
            cut();
            throw e;
        } catch (RuntimeException e) {
            log.warn("the answer to {} failed and is cut off: {}", request.getRequestURI(), Causes.rootMessage(e));
            cut();
            throw new IOException("cut off", e);
        }
    }

    private void cut() throws IOException {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        if (endPoint.getTransport() instanceof SocketChannel channel && channel.isOpen()) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0); // resets instead of ending normally
        }
        endPoint.close();
    }
}
