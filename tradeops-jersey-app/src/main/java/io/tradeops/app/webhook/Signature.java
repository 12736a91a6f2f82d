package io.tradeops.app.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a push and its time, so that the receiver can detect forged and old pushes. Static functions; thread-safe. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The signature header of a body: {@code t=SECONDS,v1=HEX}. {@code SECONDS} is {@code time} since 1970. */
    static String of(String secret, Instant time, String body) {
        String signed = time.getEpochSecond() + "." + body;
        return "t=" + time.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac(secret, signed));
    }

    private static byte[] mac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
