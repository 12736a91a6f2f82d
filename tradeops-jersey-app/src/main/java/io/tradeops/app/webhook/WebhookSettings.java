package io.tradeops.app.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The URL, the secret and the allowed addresses of the webhook. Immutable. */
public final class WebhookSettings {

    private static final int MIN_SECRET = 16;
    private static final int MAX_PORT = 65_535;

    private final URI url;
    private final String secret;
    private final AllowedAddresses allowed;

    private WebhookSettings(URI url, String secret, AllowedAddresses allowed) {
        this.url = url;
        this.secret = secret;
        this.allowed = allowed;
    }

    /**
     * Parses the settings; empty without a URL.
     *
     * @param url an {@code http} or {@code https} URL; empty for no webhook
     * @param secret signs the pushes, at least 16 characters
     * @param allowed the names, addresses and blocks that pushes may go to; empty for any public address
     * @throws IllegalArgumentException naming the invalid variable; the message holds no secret
     */
    public static Optional<WebhookSettings> of(String url, String secret, String allowed) {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        URI parsed = url(url);
        if (secret.length() < MIN_SECRET) {
            throw new IllegalArgumentException("TRADEOPS_WEBHOOK_SECRET must have at least " + MIN_SECRET
                    + " characters if TRADEOPS_WEBHOOK_URL is set; it has " + secret.length());
        }
        return Optional.of(new WebhookSettings(parsed, secret, allowed(allowed)));
    }

    URI url() {
        return url;
    }

    String secret() {
        return secret;
    }

    AllowedAddresses allowed() {
        return allowed;
    }

    @Override
    public String toString() {
        return "WebhookSettings[host=" + url.getHost() + "]";
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            boolean hasHost = url.getHost() != null && url.getPort() <= MAX_PORT && url.getPort() != 0;
            if (!hasHost || !(scheme.equals("http") || scheme.equals("https"))) {
                throw wrongUrl("must be http://HOST… or https://HOST…");
            }
            if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
                throw wrongUrl("must have no user, password or fragment");
            }
            return url;
        } catch (URISyntaxException e) {
            throw wrongUrl("is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
    }

    /** Does not name the value, because a webhook's URL may be a secret. */
    private static IllegalArgumentException wrongUrl(String problem) {
        return new IllegalArgumentException("TRADEOPS_WEBHOOK_URL " + problem);
    }

    private static AllowedAddresses allowed(String list) {
        try {
            return AllowedAddresses.parse(list);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("TRADEOPS_WEBHOOK_ALLOW: " + e.getMessage(), e);
        }
    }
}
