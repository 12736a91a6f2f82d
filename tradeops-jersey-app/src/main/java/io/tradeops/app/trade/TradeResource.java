package io.tradeops.app.trade;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradeops.app.access.Caller;
import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.rest.BodyReader;
import io.tradeops.app.rest.CutAnswer;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.app.rest.QueryParameters;
import io.tradeops.app.rest.RequestSlots;
import io.tradeops.core.trade.Trade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Stores, lists and streams trades at {@code /trades/}. Thread-safe. */
@Path("trades")
@Produces(MediaType.APPLICATION_JSON)
public final class TradeResource {

    private static final int MAX_BODY_BYTES = 64 * 1024;

    /** A client that sends or reads slowly holds a thread; with batches and exports, slow clients hold at most 44. */
    private static final int MAX_BODIES = 8;

    /** Each holds up to some 4 MiB of rows. */
    private static final int MAX_EXPORTS =
            (int) Math.max(1, Math.min(16, Runtime.getRuntime().maxMemory() / (32L << 20)));

    private static final String PATH = "trades/";
    private static final String BATCH = "batch";
    private static final String CSV = "text/csv";
    private static final String LINES = "application/x-ndjson";

    /** The JDK also accepts texts with fewer digits. */
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private final TradeRepository trades;
    private final TradeEntry entry;
    private final BatchIntake batches;
    private final BodyReader bodies = new BodyReader(MAX_BODY_BYTES, MAX_BODIES);
    private final RequestSlots exports;
    private final InstantSource clock;
    private final AnswerMemory memory;

    /**
     * A resource for a repository and a writer of the same database.
     *
     * @param exportsPerAddress the most exports at a time for one client address
     */
    public TradeResource(
            TradeRepository trades,
            TradeWriter writer,
            InstantSource clock,
            AnswerMemory memory,
            int exportsPerAddress) {
        this.exports = new RequestSlots(MAX_EXPORTS, exportsPerAddress, "exports");
        this.trades = trades;
        this.entry = new TradeEntry(trades.database(), writer);
        this.batches = new BatchIntake(trades.database(), entry, clock, memory);
        this.clock = clock;
        this.memory = memory;
    }

    /** Stores one trade, and answers after the commit. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response enter(InputStream body, @Context ContainerRequestContext request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Utf8.require(request.getMediaType(), "a trade");
        IdempotencyKey.requireValid(request);
        byte[] bytes = bodies.read(body, request);
        Optional<IdempotencyKey> key = IdempotencyKey.of(request, "/trades", bytes);
        Trade trade = SingleTradeReader.read(bytes, now);
        StoredTrade stored = new StoredTrade(UuidCreator.getTimeOrderedEpoch(), trade, now);
        return entry.one(stored, key, request.getUriInfo().getBaseUri() + PATH).toResponse();
    }

    /** Stores all trades of a batch, or none, and answers after the commit. */
    @POST
    @Path(BATCH)
    @Consumes({MediaType.APPLICATION_JSON, LINES, CSV})
    public Response enterBatch(
            InputStream body, @Context ContainerRequestContext request, @Context HttpServletRequest servletRequest) {
        return batches.enter(body, request, servletRequest, request.getUriInfo().getBaseUri() + PATH)
                .toResponse();
    }

    /** Lists trades, oldest first by default. */
    @GET
    public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
        return memory.page(uri, request, trades::page, TradeJsonWriter::array);
    }

    /** Streams trades as CSV, in the format of the daily export. */
    @GET
    @Produces(CSV + ";qs=0.5")
    public Response csv(@Context UriInfo uri, @Context HttpServletRequest request) {
        return stream(uri, request, CSV, TradeFormat.CSV);
    }

    /** Streams trades as NDJSON: one JSON object per line. */
    @GET
    @Produces(LINES + ";qs=0.6")
    public Response lines(@Context UriInfo uri, @Context HttpServletRequest request) {
        return stream(uri, request, LINES, TradeFormat.LINES);
    }

    /** Returns the trade with an id. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        if (id.equals(BATCH)) {
            // Jersey finds no GET for the batch path, so its GET comes here
            throw new NotAllowedException(
                    Response.status(405).allow("POST", "OPTIONS").build());
        }
        return parse(id)
                .flatMap(trades::find)
                .map(stored -> Response.ok(TradeJsonWriter.toString(stored)).build())
                .orElseThrow(() -> ProblemException.notFound("there is no trade with id '" + id + "'"));
    }

    /** A stream of all trades that match; with a limit, one page. */
    private Response stream(UriInfo uri, HttpServletRequest request, String type, TradeFormat format) {
        ListQuery query = QueryParameters.list(uri);
        if (!QueryParameters.isLimited(uri)) {
            exports.takeFor(request, Caller.network(request));
            return CutAnswer.response(request, type, new TradeExport(trades, query, format));
        }
        return memory.page(uri, request, trades::page, format::bytes);
    }

    private static Optional<UUID> parse(String id) {
        return UUID_TEXT.matcher(id).matches() ? Optional.of(UUID.fromString(id)) : Optional.empty();
    }
}
