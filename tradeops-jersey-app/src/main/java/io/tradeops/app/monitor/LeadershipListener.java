package io.tradeops.app.monitor;

/** Is told when a monitor's turn comes and ends, by the monitor's own thread, which waits for it. */
public interface LeadershipListener {

    /** One that does nothing. */
    LeadershipListener NONE = new LeadershipListener() {

        @Override
        public void onActive() {}

        @Override
        public void onStandby() {}
    };

    /**
     * The monitor is the active one of its feed, maybe again without having noticed that it was not, and is about to read
     * how far it is.
     *
     * @throws io.tradeops.app.db.DatabaseUnavailableException if it is to be told again
     */
    void onActive();

    /** Another monitor is the active one. */
    void onStandby();
}
