package io.tradeops.app.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An element of {@code Forwarded} (RFC 7239): what one proxy tells of the request that it received. Immutable.
 *
 * @param client the {@code for}; empty if there is none
 * @param scheme the {@code proto}; empty if there is none
 * @param host the {@code host}; empty if there is none
 */
record ForwardedHop(String client, String scheme, String host) {

    private static final ForwardedHop UNREADABLE = new ForwardedHop("", "", "");

    /** RFC 7239 wants quotes around an address with a port; proxies leave them out. */
    private static final Pattern PAIR = Pattern.compile("[ \\t]*+(?:([!#$%&'*+.^_`|~0-9A-Za-z-]++)="
            + "([!#$%&'*+.^_`|~0-9A-Za-z:\\[\\]-]++|\"(?:[^\"\\\\]|\\\\.)*+\"))?+[ \\t]*+([;,]|$)");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** Parses the values of all fields of the name, in order. An unreadable field is one element that tells nothing. */
    static List<ForwardedHop> parse(List<String> fields) {
        List<ForwardedHop> hops = new ArrayList<>();
        for (String field : fields) {
            hops.addAll(parse(field));
        }
        return hops;
    }

    private static List<ForwardedHop> parse(String field) {
        List<ForwardedHop> hops = new ArrayList<>();
        Map<String, String> pairs = new HashMap<>();
        Matcher matcher = PAIR.matcher(field);
        while (matcher.lookingAt()) {
            String name = matcher.group(1);
            if (name != null && pairs.put(name.toLowerCase(Locale.ROOT), unquoted(matcher.group(2))) != null) {
                return List.of(UNREADABLE); // a name that an element has twice
            }
            boolean ended = matcher.end() == field.length();
            if ((ended || matcher.group(3).equals(",")) && !pairs.isEmpty()) {
                hops.add(new ForwardedHop(
                        pairs.getOrDefault("for", ""),
                        pairs.getOrDefault("proto", ""),
                        pairs.getOrDefault("host", "")));
                pairs.clear();
            }
            if (ended) {
                return hops;
            }
            matcher.region(matcher.end(), field.length());
        }
        return List.of(UNREADABLE);
    }

    private static String unquoted(String value) {
        return value.startsWith("\"")
                ? ESCAPE.matcher(value.substring(1, value.length() - 1)).replaceAll("$1")
                : value;
    }
}
