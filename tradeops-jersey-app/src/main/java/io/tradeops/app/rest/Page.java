package io.tradeops.app.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list. Immutable.
 *
 * @param rows the rows
 * @param next the cursor of the last row if more rows follow
 */
public record Page<T>(List<T> rows, Optional<Cursor> next) {

    /** A page of the first {@code limit} rows; the input has one row more if another page follows. */
    public static <T> Page<T> of(List<T> rowsAndOneMore, int limit, Function<T, Cursor> position) {
        if (rowsAndOneMore.size() <= limit) {
            return new Page<>(List.copyOf(rowsAndOneMore), Optional.empty());
        }
        List<T> rows = List.copyOf(rowsAndOneMore.subList(0, limit));
        return new Page<>(rows, Optional.of(position.apply(rows.get(limit - 1))));
    }

    /** The page as an answer, with the next page's complete URL in {@code Link}. */
    public Response toResponse(UriInfo uri, Function<T, ?> represent) {
        return toResponse(uri, Response.ok(rows.stream().map(represent).toList()));
    }

    /** Likewise, with {@code entity} as the body. */
    public Response toResponse(UriInfo uri, byte[] entity) {
        return toResponse(uri, Response.ok(entity).header(HttpHeaders.CONTENT_LENGTH, entity.length)); // else in chunks
    }

    private Response toResponse(UriInfo uri, Response.ResponseBuilder builder) {
        next.ifPresent(cursor -> builder.header(
                HttpHeaders.LINK,
                "<"
                        + uri.getRequestUriBuilder()
                                .replaceQueryParam("cursor", cursor.encode())
                                .build() + ">; rel=\"next\""));
        return builder.build();
    }
}
