package io.tradeops.app.dashboard;

import io.tradeops.app.dashboard.UnsentAnswers.PageFile;
import io.tradeops.app.http.Answers;
import io.tradeops.jobs.dashboard.JobDashboard;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes requests to the dashboard. Limits how many ask the database at a time, and how many streams are open. Thread-safe. */
final class DashboardHandler extends Handler.Abstract {

    /** The most streams of events; a page has two at most. */
    static final int MAX_STREAMS = 32;

    /** Each may hold a hundred jobs in memory. */
    private static final int MAX_QUERIES = 4;

    private static final long QUERY_WAIT_SECONDS = 2;
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private static final Logger log = LoggerFactory.getLogger(DashboardHandler.class);

    private final Semaphore streams = new Semaphore(MAX_STREAMS);
    private final Semaphore queries = new Semaphore(MAX_QUERIES);
    private final UnsentAnswers memory = new UnsentAnswers();
    private final JobDashboard dashboard;

    DashboardHandler(JobDashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws InterruptedException {
        URI uri;
        try {
            uri = new URI(request.getHttpURI().getPathQuery());
        } catch (URISyntaxException e) {
            return Answers.refuse(request, response, callback, 400, "the path or the query is not valid");
        }
        JettyExchange exchange = new JettyExchange(request, response, callback, uri);
        if (JobDashboard.isStream(uri)) {
            return openStream(exchange, request, response, callback);
        }
        if (JobDashboard.isQuery(uri)) {
            return answerQuery(exchange, request, response, callback);
        }
        Optional<PageFile> file =
                SAFE_METHODS.contains(request.getMethod()) ? memory.file(uri.getPath()) : Optional.empty();
        file.ifPresentOrElse(exchange::complete, () -> answer(exchange));
        return true;
    }

    private boolean openStream(JettyExchange exchange, Request request, Response response, Callback callback) {
        if (!streams.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
            return Answers.refuse(
                    request, response, callback, 429, "at most " + MAX_STREAMS + " streams of events can be open");
        }
        Request.addCompletionListener(request, thrown -> streams.release());
        answer(exchange);
        return true;
    }

    private boolean answerQuery(JettyExchange exchange, Request request, Response response, Callback callback)
            throws InterruptedException {
        if (!queries.tryAcquire(QUERY_WAIT_SECONDS, TimeUnit.SECONDS)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "2");
            return Answers.refuse(request, response, callback, 503, "the dashboard is busy with other requests");
        }
        try {
            answer(exchange);
        } finally {
            queries.release();
        }
        return true;
    }

    private void answer(JettyExchange exchange) {
        try {
            dashboard.handle(exchange);
        } catch (IOException | RuntimeException e) {
            log.debug("the dashboard failed", e);
            exchange.setFailed();
        }
        exchange.complete(memory);
    }
}
