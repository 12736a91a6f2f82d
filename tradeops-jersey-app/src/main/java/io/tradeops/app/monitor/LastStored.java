package io.tradeops.app.monitor;

import java.util.OptionalLong;

/** The last tick of a feed that a journal has stored, after which a monitor resumes. Immutable. */
sealed interface LastStored {

    /** The journal stores nothing, so a monitor starts at the feed's present tick. */
    record Untracked() implements LastStored {}

    /** No tick of the feed's present sequence is stored. */
    record None() implements LastStored {}

    /** The tick with this sequence number is stored, and so is every tick before it that the feed retained. */
    record Seq(long value) implements LastStored {}

    /** The sequence number to resume from, at least 1; empty if it does not matter. */
    default OptionalLong next() {
        return this instanceof Untracked ? OptionalLong.empty() : OptionalLong.of(orZero() + 1);
    }

    /** The last stored sequence number, or 0. */
    default long orZero() {
        return this instanceof Seq seq ? seq.value() : 0;
    }

    /** Whether a sequence number comes after the last stored one. */
    default boolean isBefore(long seq) {
        return !(this instanceof Seq stored) || seq > stored.value();
    }
}
