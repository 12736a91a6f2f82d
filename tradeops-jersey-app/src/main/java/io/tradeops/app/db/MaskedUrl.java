package io.tradeops.app.db;

import java.util.regex.Pattern;

/** Masks passwords, keys and tokens in URLs, so that they may be logged. Static functions; thread-safe. */
public final class MaskedUrl {

    private static final String MASK = "********";
    private static final Pattern USER_INFO = Pattern.compile("//[^/@?]*@");

    /** Parameters whose names look secret: masking one too many is better than one too few. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)([?&;][^=&;]*(?:key|token|secret|pass|pwd|auth|sig|cred)[^=&;]*=)[^&]*");

    private MaskedUrl() {}

    /** A URL, or any other text, with its secrets replaced by {@value #MASK}. */
    public static String of(String url) {
        String withoutUser = USER_INFO.matcher(url).replaceAll("//" + MASK + "@");
        return SECRET.matcher(withoutUser).replaceAll("$1" + MASK);
    }
}
