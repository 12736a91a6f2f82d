package io.tradeops.app.webhook;

import io.tradeops.jobs.alert.AlertReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes alerts as signed HTTP POSTs, each on its own connection, to an allowed address. Follows no redirect, uses no
 * proxy, and reads only the head of an answer. Thread-safe.
 */
public final class Webhook implements AlertReceiver, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Webhook.class);

    private static final ContentType JSON = ContentType.create("application/json");
    private static final Timeout CONNECT = Timeout.ofSeconds(3);
    private static final Timeout TOTAL = Timeout.ofSeconds(10);
    private static final int MAX_CONNECTIONS = 16;
    private static final int MAX_LINE = 8_192;
    private static final int MAX_HEADERS = 100;
    private static final int GONE = 410;

    private final WebhookSettings settings;
    private final String userAgent;
    private final InstantSource clock;
    private final Timeout total;
    private final HttpHost target;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer;

    private Webhook(WebhookSettings settings, String version, InstantSource clock, Timeout total) {
        this.settings = settings;
        this.userAgent = "TradeOps/" + version;
        this.clock = clock;
        this.total = total;
        this.target = HttpHost.create(settings.url());
        this.client = client(settings.allowed());
        this.timer = Executors.newSingleThreadScheduledExecutor(Webhook::timerThread);
    }

    /** A webhook; {@code version} is the program's, for {@code User-Agent}. */
    public static Webhook open(WebhookSettings settings, String version, InstantSource clock) {
        return new Webhook(settings, version, clock, TOTAL);
    }

    /** Likewise, with another total time limit of a push. */
    static Webhook open(WebhookSettings settings, String version, InstantSource clock, Timeout total) {
        return new Webhook(settings, version, clock, total);
    }

    @Override
    public Answer push(UUID alert, String json) throws IOException {
        HttpPost request = request(alert, json);
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = timer.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                total.toMilliseconds(),
                TimeUnit.MILLISECONDS);
        try {
            return answer(send(request));
        } catch (SSLException e) {
            throw new IOException("TLS with " + target.getHostName() + " failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw late.get() ? new IOException(target.getHostName() + " did not answer within " + total, e) : e;
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private HttpPost request(UUID alert, String json) {
        HttpPost request = new HttpPost(settings.url());
        request.setHeader(HttpHeaders.USER_AGENT, userAgent);
        request.setHeader("Idempotency-Key", alert.toString());
        request.setHeader("TradeOps-Signature", Signature.of(settings.secret(), clock.instant(), json));
        request.setEntity(new ByteArrayEntity(json.getBytes(StandardCharsets.UTF_8), JSON));
        return request;
    }

    /** The answer's status. Closes the connection without reading the body. */
    private int send(HttpPost request) throws IOException {
        ClassicHttpResponse response = client.executeOpen(target, request, null);
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            log.debug("closing an answer early failed: {}", e.getMessage());
        }
        return response.getCode();
    }

    private Answer answer(int status) throws IOException {
        if (status >= 200 && status < 300) {
            return Answer.TAKEN;
        }
        if (status == GONE) {
            return Answer.GONE;
        }
        throw new IOException(target.getHostName() + " answered " + status);
    }

    private static CloseableHttpClient client(AllowedAddresses allowed) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedDns(allowed))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(MAX_LINE)
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(TOTAL)
                                .build())
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(TOTAL)
                        .setResponseTimeout(TOTAL)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setRoutePlanner(new DefaultRoutePlanner(null)) // no system proxy: it would resolve names itself
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "webhook-deadline");
        thread.setDaemon(true);
        return thread;
    }
}
