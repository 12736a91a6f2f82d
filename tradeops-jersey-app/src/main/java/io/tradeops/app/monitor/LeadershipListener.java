package io.tradeops.app.monitor;

/** Follows whether a monitor is active or on standby. The monitor's own thread calls it and waits for it. */
public interface LeadershipListener {

    /** A listener that does nothing. */
    LeadershipListener NONE = new LeadershipListener() {

        @Override
        public void onActive() {}

        @Override
        public void onStandby() {}
    };

    /**
     * The monitor has become the active one of its feed, and is about to read the stored offset. It may have been the
     * active one before, without a call of {@link #onStandby} in between.
     *
     * @throws io.tradeops.app.db.DatabaseUnavailableException if the monitor is to call this again later
     */
    void onActive();

    /** Another monitor is the active one; this one is a standby. */
    void onStandby();
}
