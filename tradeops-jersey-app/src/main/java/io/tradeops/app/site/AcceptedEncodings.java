package io.tradeops.app.site;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads {@code Accept-Encoding} (RFC 9110, section 12.5.3). Static functions; thread-safe. */
final class AcceptedEncodings {

    private static final List<String> GZIP = List.of("gzip", "x-gzip");

    /** A weight, unless it is 0. */
    private static final Pattern WEIGHT = Pattern.compile("q=(1(\\.0{0,3})?|0\\.(?!0*$)\\d{1,3})");

    private AcceptedEncodings() {}

    /** Whether a client accepts gzip by name, and not with a weight of 0 or a malformed one. */
    static boolean haveGzip(String header) {
        return Arrays.stream(header.toLowerCase(Locale.ROOT).split(",")).anyMatch(AcceptedEncodings::isGzip);
    }

    private static boolean isGzip(String item) {
        String[] parts = item.split(";");
        return GZIP.contains(parts[0].strip())
                && Arrays.stream(parts).skip(1).allMatch(parameter -> isPositive(parameter.strip()));
    }

    private static boolean isPositive(String parameter) {
        return !parameter.startsWith("q=") || WEIGHT.matcher(parameter).matches();
    }
}
