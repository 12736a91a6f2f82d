package io.tradeops.app.config;

import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses the texts of single settings. Unless it says otherwise, a method throws {@link IllegalArgumentException} if
 * the text is invalid. Static functions; thread-safe.
 */
public final class SettingText {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_RATE_LIMIT = 1_000_000;
    private static final int MAX_SCALE = 18;
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");

    private SettingText() {}

    /** Parses a ratio.
     *
     * @throws IllegalArgumentException if the text is not a number from 0 to 1 with at most 18 decimals */
    public static BigDecimal ratio(String text) {
        BigDecimal ratio = new BigDecimal(text);
        boolean isBounded = Math.abs((long) ratio.scale()) <= MAX_SCALE; // else printing it may take all memory
        if (!isBounded || ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("ratio must be 0 to 1, with at most 18 decimals: " + text);
        }
        return ratio;
    }

    /** Parses the address of a feed, {@code ws://HOST…} or {@code wss://HOST…}; empty if the text is invalid. */
    public static Optional<URI> feedAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean isWebSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
            boolean hasHost = uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
            return isWebSocket && hasHost ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static Optional<URI> feedUrl(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(feedAddress(text)
                .orElseThrow(() -> new IllegalArgumentException("feed must be ws://HOST… or wss://HOST…: " + text)));
    }

    static String host(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        return text;
    }

    static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        return port;
    }

    /** Empty for an empty text. */
    static Optional<Integer> rateLimit(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int limit = Integer.parseInt(text);
        if (limit < 0 || limit > MAX_RATE_LIMIT) {
            throw new IllegalArgumentException("limit must be 0 to 1000000: " + limit);
        }
        return Optional.of(limit);
    }

    static int perAddress(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MAX_RATE_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to 1000000: " + limit);
        }
        return limit;
    }

    static Set<String> hosts(String text) {
        Set<String> names = Arrays.stream(text.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        for (String name : names) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("host must be a name without scheme or port: " + name);
            }
        }
        return names;
    }

    static String keyPrefix(String text) {
        if (!text.isEmpty() && !text.endsWith("/")) {
            throw new IllegalArgumentException("prefix must end in /: " + text);
        }
        return text;
    }

    static List<Direction> directions(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "up" -> List.of(Direction.UP);
            case "down" -> List.of(Direction.DOWN);
            case "both" -> List.of(Direction.UP, Direction.DOWN);
            default -> throw new IllegalArgumentException("direction must be up, down or both: " + text);
        };
    }
}
