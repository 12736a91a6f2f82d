package io.tradeops.app.rest;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request that could be parsed. Immutable.
 *
 * @param pointer JSON pointer (RFC 6901) into the body
 * @param parameter the query parameter's name
 * @param code stable and for programs
 * @param detail for people; names the value
 */
public record InputError(@Nullable String pointer, @Nullable String parameter, String code, String detail) {

    private static final int SHOWN = 64;

    /** An error in the body. */
    public static InputError at(String pointer, String code, String detail) {
        return new InputError(pointer, null, code, detail);
    }

    /** An error in a query parameter. */
    public static InputError inParameter(String parameter, String code, String detail) {
        return new InputError(null, parameter, code, detail);
    }

    /** As much of a sender's text as is good to show in a detail; no character is cut in two. */
    public static String shown(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN) + "…";
    }
}
