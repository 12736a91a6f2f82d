package io.tradeops.app.trade;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradeops.app.http.ProblemException;
import io.tradeops.app.http.QueryParameters;
import io.tradeops.app.http.RequestBody;
import io.tradeops.core.trade.Trade;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Enters and lists trades. Thread-safe. */
@Path("trades")
@Produces(MediaType.APPLICATION_JSON)
public final class TradeResource {

    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final TradeRepository trades;
    private final InstantSource clock;

    /** The resource over a repository. */
    public TradeResource(TradeRepository trades, InstantSource clock) {
        this.trades = trades;
        this.clock = clock;
    }

    /** Stores one trade; answers after the commit. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response enter(InputStream body, @Context UriInfo uri) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Trade trade = TradeBody.read(RequestBody.read(body, MAX_BODY_BYTES), now);
        StoredTrade stored = new StoredTrade(UuidCreator.getTimeOrderedEpoch(), trade, now);
        Optional<UUID> existing = trades.insert(stored);
        if (existing.isPresent()) {
            throw ProblemException.exists(
                    "trade_id '" + trade.tradeId() + "' of " + trade.ticker() + " is stored already",
                    location(uri, existing.get()));
        }
        return Response.created(location(uri, stored.id()))
                .entity(TradeJson.from(stored))
                .build();
    }

    /** Lists trades, oldest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        return trades.page(QueryParameters.list(uri)).toResponse(uri, TradeJson::from);
    }

    /** One trade. */
    @GET
    @Path("{id}")
    public TradeJson get(@PathParam("id") String id) {
        return parse(id)
                .flatMap(trades::find)
                .map(TradeJson::from)
                .orElseThrow(() -> ProblemException.notFound("there is no trade with id '" + id + "'"));
    }

    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static URI location(UriInfo uri, UUID id) {
        return uri.getBaseUriBuilder().path("trades").path(id.toString()).build();
    }
}
