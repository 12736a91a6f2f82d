package io.tradeops.app.rest;

import org.jspecify.annotations.Nullable;

/**
 * One error in a request that could be parsed: in the body ({@code pointer}) or the query ({@code parameter}).
 * Immutable.
 *
 * @param pointer JSON pointer (RFC 6901) into the body
 * @param parameter the query parameter's name
 * @param code for programs; stable
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

    /** The text for a detail: at most 64 characters and an ellipsis. Splits no surrogate pair. */
    public static String shown(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN) + "…";
    }
}
