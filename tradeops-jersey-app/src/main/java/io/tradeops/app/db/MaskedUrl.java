package io.tradeops.app.db;

import java.util.regex.Pattern;

/** URLs as they may be shown: without passwords, keys and tokens. */
public final class MaskedUrl {

    private static final String MASK = "********";
    private static final Pattern USER_INFO = Pattern.compile("//[^/@?]*@");

    /** Parameters by what their names contain: rather one too many than one too few. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)([?&;][^=&;]*(?:key|token|secret|pass|pwd|auth|sig|cred)[^=&;]*=)[^&]*");

    private MaskedUrl() {}

    /** A URL, or any other text, with what is secret in it masked. */
    public static String of(String url) {
        String withoutUser = USER_INFO.matcher(url).replaceAll("//" + MASK + "@");
        return SECRET.matcher(withoutUser).replaceAll("$1" + MASK);
    }
}
