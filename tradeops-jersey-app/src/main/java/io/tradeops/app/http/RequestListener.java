package io.tradeops.app.http;

/** Is told what the server does, to count it. Implementations are called by many threads at once and must not block. */
public interface RequestListener {

    /** Counts nothing. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void onRequest(String method, String route, int status, long nanos) {}

        @Override
        public void onInputError(String code) {}
    };

    /**
     * A request has ended.
     *
     * @param method its method; one of HTTP's own, or {@code other}
     * @param route the template of what was asked for, such as {@code /trades/{id}}; {@code unmatched} if nothing answers there
     * @param status the answer's status
     * @param nanos how long it took, to the answer's last byte
     */
    void onRequest(String method, String route, int status, long nanos);

    /** A request was refused, for one reason of possibly several.
     *
     * @param code the reason's, as in the answer's {@code errors} */
    void onInputError(String code);
}
