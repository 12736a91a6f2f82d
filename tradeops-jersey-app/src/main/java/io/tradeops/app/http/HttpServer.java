package io.tradeops.app.http;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import io.tradeops.app.access.ForwardedCustomizer;
import io.tradeops.app.access.Keys;
import io.tradeops.app.access.RateLimiter;
import io.tradeops.app.rest.Json;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.jobs.thread.WatchedLoop;
import jakarta.servlet.DispatcherType;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.servlet.ServletContainer;

/** Serves REST resources and WebSocket endpoints on one port, with Jersey in Jetty. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private static final int MAX_THREADS = 200;
    private static final int IDLE_THREAD_MILLIS = 15_000;

    /** Threads that requests may hold; the others are for probes, accepting and asynchronous work. */
    private static final int REQUEST_THREADS = 180;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int ACCEPT_QUEUE = 1_024;
    private static final long IDLE_MILLIS = 60_000;
    private static final long STOP_MILLIS = 10_000;
    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private final Server server;
    private final ServerConnector connector;
    private final String host;

    private HttpServer(Server server, ServerConnector connector, String host) {
        this.server = server;
        this.connector = connector;
        this.host = host;
    }

    /** Starts serving with the default limits, without keys and without a listener; else as the other method. */
    public static HttpServer start(String host, int port, List<Object> resources, List<ServerEndpointConfig> endpoints)
            throws IOException {
        return start(HttpSettings.of(host, port), Keys.notNeeded(), resources, endpoints, RequestListener.NONE);
    }

    /**
     * Starts serving.
     *
     * @param settings the address and the limits
     * @param keys checks the callers' keys
     * @param resources JAX-RS resources and providers
     * @param endpoints WebSocket endpoints; they check the keys of clients that upgrade without one
     * @param listener gets each request that has ended
     * @throws IOException if the server can't listen there; the message names host and port
     */
    public static HttpServer start(
            HttpSettings settings,
            Keys keys,
            List<Object> resources,
            List<ServerEndpointConfig> endpoints,
            RequestListener listener)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("http");
        threads.setIdleTimeout(IDLE_THREAD_MILLIS);
        threads.setMaxEvictCount(MAX_THREADS); // by default one thread a minute ends, however many are idle
        Server server = new Server(threads);
        ConnectionPlaces places = ConnectionPlaces.of(settings);
        ServerConnector connector = connector(server, settings, places, "slow-requests");
        server.addConnector(connector);
        server.setErrorHandler(new ProblemErrorHandler());
        Set<String> paths = endpoints.stream()
                .flatMap(endpoint -> Stream.of(endpoint.getPath(), withSlash(endpoint.getPath())))
                .collect(Collectors.toUnmodifiableSet());
        Handler guarded = guarded(settings, keys, paths, places, context(resources, endpoints, listener));
        RequestRecorder recorder = new RequestRecorder(listener, paths, new GracefulHandler(guarded));
        server.setHandler(recorder);
        server.setRequestLog(recorder);
        server.setStopTimeout(STOP_MILLIS);
        String host = settings.host();
        int port = settings.port();
        try {
            server.start();
        } catch (Exception e) {
            stopQuietly(server);
            throw new IOException(describe(e, host, port), e);
        }
        return new HttpServer(server, connector, host);
    }

    /** The port that the server listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** The base URL; for a wildcard address, the one on loopback. */
    public URI uri() {
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        return URI.create(
                "http://" + (any ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    /** Stops accepting requests, waits up to 10 s for the running ones, and stops. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the HTTP server did not stop", e);
        }
    }

    /**
     * A request gets a thread only after its small body has arrived. If the client waits for 100 Continue, the body is
     * asked for only when the resource reads it: a refused request gets its refusal instead.
     */
    private static Handler guarded(
            HttpSettings settings, Keys keys, Set<String> paths, ConnectionPlaces places, Handler next) {
        RateLimiter limiter = new RateLimiter(settings.rate().perSecond());
        Handler reserve = new ReserveHandler(REQUEST_THREADS, next);
        EagerContentHandler loaded = new EagerContentHandler(reserve, new RetainedContentLoaderFactory());
        loaded.exclude(request -> request.getHeaders().contains(HttpHeader.EXPECT));
        Handler fullHouse = new FullHouseHandler(places, loaded);
        Handler access = new AccessHandler(keys, limiter, settings.rate().limitsOpenAccess(), paths, fullHouse);
        return new AnswerHandler(
                new RequestShapeHandler(new OriginHandler(settings.hosts(), settings.localNames(), access)));
    }

    /** The threads beside Jetty's own. */
    public List<WatchedLoop> loops() {
        return loops(connector);
    }

    static List<WatchedLoop> loops(ServerConnector connector) {
        return connector.getBeans(SlowRequests.class).stream()
                .map(SlowRequests::loop)
                .toList();
    }

    static ServerConnector connector(Server server, HttpSettings settings, ConnectionPlaces places, String name) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.addCustomizer(new ForwardedCustomizer(settings.proxies()));
        ServerConnector connector = new LimitedConnector(server, new BoundedConnections(http), places);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.addBean(new SlowRequests(connector, places, settings, name));
        return connector;
    }

    private static ServletContextHandler context(
            List<Object> resources, List<ServerEndpointConfig> endpoints, RequestListener listener) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.setErrorHandler(new ProblemErrorHandler());
        JakartaWebSocketServletContainerInitializer.configure(context, (servletContext, container) -> {
            container.setDefaultMaxTextMessageBufferSize(MAX_FRAME_BYTES);
            container.setDefaultMaxBinaryMessageBufferSize(MAX_FRAME_BYTES);
            for (ServerEndpointConfig endpoint : endpoints) {
                addEndpoint(container, endpoint);
            }
        });
        context.addFilter(new LongAnswerFilter(), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(
                new ServletHolder("jersey", new ServletContainer(application(resources, endpoints, listener))), "/*");
        return context;
    }

    private static void addEndpoint(ServerContainer container, ServerEndpointConfig endpoint) {
        try {
            container.addEndpoint(endpoint);
            container.addEndpoint(
                    ServerEndpointConfig.Builder.create(endpoint.getEndpointClass(), withSlash(endpoint.getPath()))
                            .configurator(endpoint.getConfigurator())
                            .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException("WebSocket endpoint " + endpoint.getPath() + " was not deployed", e);
        }
    }

    /** The same path with a last slash, which is also served. */
    private static String withSlash(String path) {
        return path + "/";
    }

    private static ResourceConfig application(
            List<Object> resources, List<ServerEndpointConfig> endpoints, RequestListener listener) {
        ResourceConfig application = new ResourceConfig();
        application.setProperties(Map.of(
                CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
                CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
                ServerProperties.WADL_FEATURE_DISABLE, true,
                ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true));
        application.registerInstances(
                new JacksonJsonProvider(Json.mapper()),
                new ProblemMapper(listener),
                new RequestIdFilter(),
                new RouteFilter());
        application.registerInstances(resources.toArray());
        endpoints.forEach(endpoint -> application.registerResources(withoutUpgrade(endpoint.getPath())));
        return application;
    }

    /** Answers a plain GET of a WebSocket endpoint with 426. */
    private static Resource withoutUpgrade(String path) {
        Resource.Builder resource = Resource.builder(path);
        resource.addMethod(HttpMethod.GET).handledBy(new UpgradeRequired(path));
        return resource.build();
    }

    /** A class, not a lambda: Jersey reads its type arguments, and warns if there are none. */
    private record UpgradeRequired(String path) implements Inflector<ContainerRequestContext, Response> {

        @Override
        public Response apply(ContainerRequestContext request) {
            throw ProblemException.upgradeRequired(path + " is for WebSocket clients");
        }
    }

    static void stopQuietly(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            // the failure to start is reported instead
        }
    }

    private static String describe(Exception failure, String host, int port) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "can't listen on " + host + ":" + port + ": " + cause.getMessage()
                        + "; set TRADEOPS_PORT to a free port";
            }
        }
        return "can't listen on " + host + ":" + port + ": " + failure.getMessage();
    }
}
