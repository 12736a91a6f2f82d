package io.tradeops.app.trade;

import io.tradeops.app.access.Caller;
import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller calls a request, so that sending it again does nothing again. Immutable.
 *
 * @param caller who sends it, by the id of their API key; empty where none is needed
 * @param key the caller's name of it
 * @param fingerprint SHA-256, in hexadecimal digits, of everything that must be the same
 */
record IdempotencyKey(String caller, String key, String fingerprint) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern VALID = Pattern.compile("[!-~]{1,255}");

    /** The key that a request carries, if any.
     *
     * @param path of the resource, which has keys of its own
     * @throws ProblemException 400 if it is none */
    static Optional<IdempotencyKey> of(ContainerRequestContext request, String path, byte[] body) {
        List<String> given = request.getHeaders().getOrDefault(HEADER, List.of());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1 || !VALID.matcher(given.get(0)).matches()) {
            throw ProblemException.unreadable(HEADER + " must be given once and be 1 to 255 visible ASCII characters");
        }
        MessageDigest digest = sha256();
        digest.update((path + "\n" + typeOf(request) + "\n").getBytes(StandardCharsets.UTF_8));
        return Optional.of(new IdempotencyKey(
                Caller.of(request), given.get(0), HexFormat.of().formatHex(digest.digest(body))));
    }

    /** Without its parameters: a charset, which can only be UTF-8, changes nothing of what is meant. */
    private static String typeOf(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        return type == null ? "" : (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    }

    /** Stands for caller and key among the database's advisory locks. */
    long lockNumber() {
        return ByteBuffer.wrap(sha256().digest((caller + "\n" + key).getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
