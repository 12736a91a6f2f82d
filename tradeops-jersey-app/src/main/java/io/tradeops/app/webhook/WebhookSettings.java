package io.tradeops.app.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Where alerts are pushed, and signed with what. Immutable. */
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
     * What the settings give.
     *
     * @param url of {@code http} or {@code https}; empty for no webhook
     * @param secret what pushes are signed with, at least 16 characters
     * @param allowed the names, addresses and blocks that may be connected to; empty for public addresses
     * @throws IllegalArgumentException naming the variable that is wrong, and no secret
     */
    public static Optional<WebhookSettings> of(String url, String secret, String allowed) {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        URI parsed = url(url);
        if (secret.length() < MIN_SECRET) {
            throw new IllegalArgumentException("TRADEOPS_WEBHOOK_SECRET must have at least " + MIN_SECRET
                    + " characters where TRADEOPS_WEBHOOK_URL is set, and has " + secret.length());
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
            throw wrongUrl("is no URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
    }

    /** Says what is wrong and not with what: a webhook's URL may itself be a secret. */
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
