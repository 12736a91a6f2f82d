package io.tradeops.app.http;

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

    /** An error in the body. */
    public static InputError at(String pointer, String code, String detail) {
        return new InputError(pointer, null, code, detail);
    }

    /** An error in a query parameter. */
    public static InputError inParameter(String parameter, String code, String detail) {
        return new InputError(null, parameter, code, detail);
    }
}
