package io.tradeops.core.trade;

/**
 * A rule that a field of a trade breaks. Immutable.
 *
 * @param field the field's name on the wire: {@code ticker}, {@code price}, {@code quantity}, {@code side},
 *     {@code timestamp}, {@code trade_id}
 * @param code a stable code for programs: {@code required}, {@code not_a_number}, {@code not_positive},
 *     {@code too_many_decimals}, {@code too_large}, {@code invalid_ticker}, {@code invalid_side},
 *     {@code invalid_timestamp}, {@code timestamp_too_precise}, {@code out_of_range}, {@code invalid_trade_id}
 * @param detail a message for people, which names the value
 */
public record Violation(String field, String code, String detail) {}
