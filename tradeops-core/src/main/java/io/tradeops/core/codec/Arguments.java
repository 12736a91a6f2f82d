package io.tradeops.core.codec;

/** Checks arguments. What is refused is named by the message. Static functions; thread-safe. */
public final class Arguments {

    private Arguments() {}

    /** Returns the exception for an argument that breaks a rule; the caller throws it. */
    public static IllegalArgumentException refused(String rule, Object value) {
        return new IllegalArgumentException(rule + ": " + value);
    }

    /**
     * Checks that an argument keeps a rule.
     *
     * @throws IllegalArgumentException if the rule is broken; the message is the rule and the value
     */
    public static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw refused(rule, value);
        }
    }

    /**
     * Checks that a number keeps a rule.
     *
     * @throws IllegalArgumentException if the rule is broken; the message is the rule and the value
     */
    public static void require(boolean holds, String rule, long value) {
        if (!holds) {
            throw refused(rule, value);
        }
    }

    /**
     * Returns a value that is in a range.
     *
     * @throws IllegalArgumentException if the value is not {@code min} to {@code max}
     */
    public static long requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw refused(name + " must be " + min + " to " + max, value);
        }
        return value;
    }

    /**
     * Returns a value that is 0 or more.
     *
     * @throws IllegalArgumentException if the value is negative
     */
    public static long requireNotNegative(String name, long value) {
        if (value < 0) {
            throw refused(name + " must not be negative", value);
        }
        return value;
    }
}
