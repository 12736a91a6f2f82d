package io.tradeops.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;

/**
 * An answer that, if it fails in the middle, takes its connection with it. Otherwise its end would be written as if it
 * were whole, and its reader could not tell. Used once, by one thread.
 */
public final class CutAnswer implements StreamingOutput {

    private final HttpServletRequest request;
    private final StreamingOutput answer;

    private CutAnswer(HttpServletRequest request, StreamingOutput answer) {
        this.request = request;
        this.answer = answer;
    }

    /** The response to a request: to GET with the answer, to HEAD without the work of it. */
    public static Response response(HttpServletRequest request, String type, StreamingOutput answer) {
        if (request.getMethod().equals("HEAD")) {
            LongAnswer.continueWith(request, never -> {});
            return Response.ok().type(type).build();
        }
        return Response.ok(new CutAnswer(request, answer), type).build();
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            answer.write(out);
        } catch (IOException | RuntimeException e) {
            ServletContextRequest.getServletContextRequest(request)
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
            throw e;
        }
    }
}
