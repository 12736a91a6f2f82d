package io.tradeops.app.db;

import java.util.regex.Pattern;

/** URLs as they may be shown: without passwords, keys and tokens. */
public final class MaskedUrl {

    private static final String MASK = "********";
    private static final Pattern USER_INFO = Pattern.compile("//[^/@?]*@");
    private static final Pattern SECRET = Pattern.compile("(?i)([?&](?:[a-z]*password|[a-z_]*key|token|secret)=)[^&]*");

    private MaskedUrl() {}

    /** A URL, or any other text, with what is secret in it masked. */
    public static String of(String url) {
        String withoutUser = USER_INFO.matcher(url).replaceAll("//" + MASK + "@");
        return SECRET.matcher(withoutUser).replaceAll("$1" + MASK);
    }
}
