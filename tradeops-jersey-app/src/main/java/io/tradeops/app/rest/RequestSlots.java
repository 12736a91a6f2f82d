package io.tradeops.app.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** Limits requests that last for as long as their client reads, in all and per client. Thread-safe. */
public final class RequestSlots {

    private final int count;
    private final int perClient;
    private final String what;
    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    /**
     * A number of slots.
     *
     * @param perClient the most slots of one client
     * @param what the requests, for the message of a refusal: "exports"
     */
    public RequestSlots(int count, int perClient, String what) {
        this.count = count;
        this.perClient = perClient;
        this.what = what;
        this.free = count;
    }

    /**
     * Takes a slot for a request, until its answer ends or its connection closes.
     *
     * @param client a name for the client, such as its network; empty for one without a limit of its own
     * @throws ProblemException 503 if no slot is free, 429 if the client has all that it may
     */
    public void takeFor(HttpServletRequest request, String client) {
        take(client);
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request), failure -> giveBack(client));
    }

    private synchronized void take(String client) {
        if (free == 0) {
            throw ProblemException.busy("the server serves at most " + count + " " + what + " at a time; try again");
        }
        if (!client.isEmpty() && taken.getOrDefault(client, 0) >= perClient) {
            throw ProblemException.tooMany(
                    "one address may have at most " + perClient + " " + what + " at a time; try again");
        }
        free--;
        taken.merge(client, 1, Integer::sum);
    }

    private synchronized void giveBack(String client) {
        free++;
        taken.computeIfPresent(client, (name, slots) -> slots > 1 ? slots - 1 : null);
    }
}
