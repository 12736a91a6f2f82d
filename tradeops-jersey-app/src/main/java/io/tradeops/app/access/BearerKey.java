package io.tradeops.app.access;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the key of a request: {@code Authorization: Bearer KEY}. Static functions; thread-safe. */
public final class BearerKey {

    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+) *");

    private BearerKey() {}

    /** The key among headers; empty if there is none. */
    public static String of(Map<String, List<String>> headers) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase("Authorization")
                    && !header.getValue().isEmpty()) {
                return of(header.getValue().get(0));
            }
        }
        return "";
    }

    /** The key of an {@code Authorization}; empty if it holds none. */
    public static String of(@Nullable String authorization) {
        Matcher matcher = BEARER.matcher(authorization == null ? "" : authorization);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
