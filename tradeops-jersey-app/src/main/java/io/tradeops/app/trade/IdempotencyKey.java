package io.tradeops.app.trade;

import io.tradeops.app.access.Caller;
import io.tradeops.app.db.Sha256;
import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that a caller gives to a request, so that a copy of the request has no effect. Immutable.
 *
 * @param caller the id of the caller's API key; empty if the server needs no keys
 * @param key the value of {@code Idempotency-Key}
 * @param fingerprint the SHA-256 digest, in hexadecimal, of all that must be equal in a copy: path, media type and body
 */
record IdempotencyKey(String caller, String key, String fingerprint) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern VALID = Pattern.compile("[!-~]{1,255}");

    /** The key of a request; empty if the request has none.
     *
     * @param path the resource's path, as part of the fingerprint
     * @throws ProblemException 400 as {@link #requireValid} does */
    static Optional<IdempotencyKey> of(ContainerRequestContext request, String path, byte[] body) {
        requireValid(request);
        List<String> given = given(request);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.begin();
        digest.update((path + "\n" + typeOf(request) + "\n").getBytes(StandardCharsets.UTF_8));
        return Optional.of(new IdempotencyKey(
                Caller.of(request), given.get(0), HexFormat.of().formatHex(digest.digest(body))));
    }

    /** Checks a request's header, before its body is read.
     *
     * @throws ProblemException 400 if the header is repeated or not 1 to 255 visible ASCII characters */
    static void requireValid(ContainerRequestContext request) {
        List<String> given = given(request);
        if (given.size() > 1
                || !given.stream().allMatch(key -> VALID.matcher(key).matches())) {
            throw ProblemException.unreadable(HEADER + " must be given once and be 1 to 255 visible ASCII characters");
        }
    }

    private static List<String> given(ContainerRequestContext request) {
        return request.getHeaders().getOrDefault(HEADER, List.of());
    }

    /** Parameters are ignored: the charset can only be UTF-8. */
    private static String typeOf(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        return type == null ? "" : (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    }

    /** The number of the PostgreSQL advisory lock for caller and key. */
    long lockNumber() {
        return ByteBuffer.wrap(Sha256.of(caller + "\n" + key)).getLong();
    }
}
