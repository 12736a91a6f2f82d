package io.tradeops.app.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Bounds the memory of all large answers together: of those that are being made, and of those whose clients have not
 * read them yet. Thread-safe.
 */
public final class AnswerMemory {

    private static final int HEAP_SHARE = 8;
    private static final int KIB = 1_024;

    /** What a row takes, in KiB, from the database's answer to this server's. */
    private static final int ROW_KIB = 2;

    /** Enough for the largest page. */
    private static final int LEAST_KIB = QueryParameters.MAX_LIMIT * ROW_KIB;

    private static final long WAIT_MILLIS = 1_000;

    private final int kib;
    private final Semaphore free;

    /** An amount of memory in bytes; at least enough for one page. */
    public AnswerMemory(long bytes) {
        this.kib = (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_KIB, bytes / KIB));
        this.free = new Semaphore(kib);
    }

    /** An eighth of the heap. */
    public static AnswerMemory ofHeap() {
        return new AnswerMemory(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** The memory that a request holds until its answer is written or its client is gone. Thread-safe. */
    public final class Hold {

        private final AtomicInteger held;

        private Hold(int held) {
            this.held = new AtomicInteger(held);
        }

        /** Returns what is more than the answer's length in bytes. */
        public void reduceTo(long bytes) {
            int needed = kibOf(bytes);
            int before = held.getAndUpdate(now -> Math.min(now, needed));
            free.release(Math.max(0, before - needed));
        }
    }

    /**
     * Takes memory for a request.
     *
     * @throws ProblemException 503 if so much is not free within a second, or more than there is
     */
    public Hold hold(HttpServletRequest request, long bytes) {
        int needed = kibOf(bytes);
        if (needed > kib) {
            throw ProblemException.busy("the answer would take more memory than this server has for answers");
        }
        if (!isTaken(needed)) {
            throw ProblemException.busy("too many answers are waiting for their clients; try again");
        }
        Hold hold = new Hold(needed);
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request), failure -> hold.reduceTo(0));
        return hold;
    }

    /**
     * Answers with a page of a list, as JSON of its rows.
     *
     * @param read reads the page of the request's query
     * @throws ProblemException 422 and 400 as {@link QueryParameters#list} does; 503 as {@link #hold} does
     */
    public <T> Response page(UriInfo uri, HttpServletRequest request, Function<ListQuery, Page<T>> read) {
        return page(uri, request, read, AnswerMemory::json);
    }

    /** Likewise, with another form of the rows. */
    public <T> Response page(
            UriInfo uri,
            HttpServletRequest request,
            Function<ListQuery, Page<T>> read,
            Function<List<T>, byte[]> represent) {
        ListQuery query = QueryParameters.list(uri);
        Hold hold = hold(request, (long) query.limit() * ROW_KIB * KIB);
        Page<T> page = read.apply(query);
        byte[] answer = represent.apply(page.rows());
        hold.reduceTo(answer.length);
        return page.toResponse(uri, answer);
    }

    private boolean isTaken(int needed) {
        try {
            return free.tryAcquire(needed) || free.tryAcquire(needed, WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int kibOf(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + KIB - 1) / KIB);
    }

    private static byte[] json(Object rows) {
        try {
            return Json.mapper().writeValueAsBytes(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows can always be written as JSON", e);
        }
    }
}
