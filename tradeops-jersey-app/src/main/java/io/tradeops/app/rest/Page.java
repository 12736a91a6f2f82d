package io.tradeops.app.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some rows of a list, and where the next begin. Immutable.
 *
 * @param rows the rows
 * @param next the place of the last row, if more follow
 */
public record Page<T>(List<T> rows, Optional<Cursor> next) {

    /** The first {@code limit} of rows that were read with one more than that. */
    public static <T> Page<T> of(List<T> rowsAndOneMore, int limit, Function<T, Cursor> place) {
        if (rowsAndOneMore.size() <= limit) {
            return new Page<>(List.copyOf(rowsAndOneMore), Optional.empty());
        }
        List<T> rows = List.copyOf(rowsAndOneMore.subList(0, limit));
        return new Page<>(rows, Optional.of(place.apply(rows.get(limit - 1))));
    }

    /** The page as an answer, with the next page's complete URL in {@code Link}. */
    public Response toResponse(UriInfo uri, Function<T, ?> represent) {
        return toResponse(uri, Response.ok(rows.stream().map(represent).toList()));
    }

    /** Likewise, with a representation of the rows that is made already. */
    public Response toResponse(UriInfo uri, byte[] entity) {
        return toResponse(uri, Response.ok(entity).header(HttpHeaders.CONTENT_LENGTH, entity.length)); // else in chunks
    }

    /** Likewise, with a representation of the rows that writes itself. */
    public Response toStream(UriInfo uri, StreamingOutput entity) {
        return toResponse(uri, Response.ok(entity));
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
