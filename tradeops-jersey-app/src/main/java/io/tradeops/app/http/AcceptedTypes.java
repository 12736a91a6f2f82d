package io.tradeops.app.http;

import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts {@code Accept} into a form that Jersey understands. Jersey would copy a range's parameters and the case of its
 * letters to the answer's type, and takes a weight of 0 for a permission. Static functions; thread-safe.
 */
final class AcceptedTypes {

    private static final String QUALITY = "q";
    private static final Pattern ZERO = Pattern.compile("0(\\.0*)?");

    /** What resources produce. A wildcard stands for these if {@code Accept} excludes some types. */
    private static final List<MediaType> PRODUCED = Stream.of(
                    "application/json",
                    "application/x-ndjson",
                    "text/csv",
                    "text/html",
                    "text/plain",
                    "text/event-stream",
                    "text/css",
                    "text/javascript",
                    "image/svg+xml",
                    "image/png")
            .map(MediaType::valueOf)
            .toList();

    private static final Comparator<MediaType> MOST_SPECIFIC_FIRST =
            Comparator.comparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype);

    private AcceptedTypes() {}

    /** The value of {@code Accept} for its ranges; empty if they allow no type. */
    static String of(List<MediaType> ranges) {
        boolean excluding = ranges.stream().anyMatch(AcceptedTypes::isExcluded);
        return ranges.stream()
                .filter(range -> !isExcluded(range))
                .flatMap(range -> excluding && range.isWildcardSubtype()
                        ? produced(range, ranges)
                        : Stream.of(text(range, range)))
                .collect(Collectors.joining(", "));
    }

    /** The types within a wildcard that no more specific range excludes. */
    private static Stream<String> produced(MediaType wildcard, List<MediaType> ranges) {
        return PRODUCED.stream()
                .filter(type -> deciding(type, ranges).filter(wildcard::equals).isPresent())
                .map(type -> text(type, wildcard));
    }

    private static Optional<MediaType> deciding(MediaType type, List<MediaType> ranges) {
        return ranges.stream().filter(type::isCompatible).min(MOST_SPECIFIC_FIRST);
    }

    private static String text(MediaType type, MediaType range) {
        String quality = range.getParameters().get(QUALITY);
        return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT)
                + (quality == null ? "" : ";q=" + quality);
    }

    private static boolean isExcluded(MediaType range) {
        String quality = range.getParameters().get(QUALITY);
        return quality != null && ZERO.matcher(quality).matches();
    }
}
