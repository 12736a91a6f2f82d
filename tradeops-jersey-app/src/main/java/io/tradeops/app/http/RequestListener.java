package io.tradeops.app.http;

/** Receives each request that has ended, for metrics. Many threads call it at once: be thread-safe, and don't block. */
public interface RequestListener {

    /** Ignores everything. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void onRequest(String method, String route, int status, long nanos) {}

        @Override
        public void onInputError(String code) {}
    };

    /**
     * A request has ended.
     *
     * @param method its method if HTTP defines it, else {@code other}
     * @param route the template of the path, such as {@code /trades/{id}}; {@code unmatched} if no resource has the
     * path
     * @param status the answer's status
     * @param nanos the time from the request's first byte to the answer's last, in nanoseconds
     */
    void onRequest(String method, String route, int status, long nanos);

    /**
     * A request had an error. Called once per error, so several times for a request with several.
     *
     * @param code the error's code, as in the answer's {@code errors}
     */
    void onInputError(String code);
}
