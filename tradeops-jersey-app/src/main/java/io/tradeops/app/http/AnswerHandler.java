package io.tradeops.app.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives each request an id, and sets the headers that every answer has. Thread-safe. */
final class AnswerHandler extends Handler.Wrapper {

    AnswerHandler(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Answers.prepare(request, response);
        return super.handle(request, response, callback);
    }
}
