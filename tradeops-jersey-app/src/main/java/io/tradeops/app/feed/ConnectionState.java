package io.tradeops.app.feed;

/**
 * The state of a client's connection, from {@link Waiting#NEW} on. {@link Waiting} becomes {@link Streaming}, both can
 * become {@link Leaving}, and all of them {@link Closed}. A transition that does not apply returns the same state.
 * Immutable.
 */
sealed interface ConnectionState {

    /** Whether the tick stream has started: by an accepted command, or without one for a silent client. */
    boolean hasStarted();

    /** Whether ticks are skipped until the stream starts. */
    default boolean skipsTicks() {
        return false;
    }

    /** Whether the client is silent: it has sent nothing, or nothing but its key, and its time for a command is over. */
    default boolean isSilent() {
        return false;
    }

    /** The client's time for a command that misses no tick is over. */
    default ConnectionState silenceOver() {
        return this;
    }

    /** A command was refused: it was not readable, or came before a valid key. */
    default ConnectionState refused() {
        return this;
    }

    /** The tick stream starts. */
    default ConnectionState started() {
        return this;
    }

    /** The feed stops. */
    default ConnectionState leaving() {
        return this;
    }

    /** One side closes the connection. */
    default ConnectionState closed() {
        return new Closed(hasStarted());
    }

    /** The feed serves the client. */
    sealed interface Open extends ConnectionState {

        @Override
        Open silenceOver();

        @Override
        Open refused();

        @Override
        default Open started() {
            return Streaming.INSTANCE;
        }

        @Override
        default ConnectionState leaving() {
            return new Leaving(this);
        }
    }

    /**
     * The tick stream has not started.
     *
     * @param skipsTicks whether the client's time for a command is over
     * @param hasRefusal whether a command was refused; then the stream starts only by an accepted one
     */
    record Waiting(boolean skipsTicks, boolean hasRefusal) implements Open {

        /** The state of a new connection. */
        static final Waiting NEW = new Waiting(false, false);

        @Override
        public boolean hasStarted() {
            return false;
        }

        @Override
        public boolean isSilent() {
            return skipsTicks && !hasRefusal;
        }

        @Override
        public Open silenceOver() {
            return new Waiting(true, hasRefusal);
        }

        @Override
        public Open refused() {
            return new Waiting(skipsTicks, true);
        }
    }

    /** The client gets the ticks that it is subscribed to. */
    enum Streaming implements Open {
        INSTANCE;

        @Override
        public boolean hasStarted() {
            return true;
        }

        @Override
        public Open silenceOver() {
            return this;
        }

        @Override
        public Open refused() {
            return this;
        }
    }

    /**
     * The feed stops. The client gets the messages that are queued for it, and then a close frame.
     *
     * @param before the state when the feed stopped
     */
    record Leaving(Open before) implements ConnectionState {

        @Override
        public boolean hasStarted() {
            return before.hasStarted();
        }

        @Override
        public boolean skipsTicks() {
            return before.skipsTicks();
        }

        @Override
        public boolean isSilent() {
            return before.isSilent();
        }

        @Override
        public ConnectionState silenceOver() {
            return new Leaving(before.silenceOver());
        }

        @Override
        public ConnectionState refused() {
            return new Leaving(before.refused());
        }

        @Override
        public ConnectionState started() {
            return new Leaving(before.started());
        }
    }

    /**
     * Nothing more is sent.
     *
     * @param hasStarted whether the tick stream had started; if so, the client's lag counts until the session has ended
     */
    record Closed(boolean hasStarted) implements ConnectionState {

        @Override
        public ConnectionState closed() {
            return this;
        }
    }
}
