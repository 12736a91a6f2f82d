package io.tradeops.app.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.uri.UriTemplate;

/** Notes which resource's template a request was matched with. Thread-safe. */
final class RouteFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getUriInfo() instanceof ExtendedUriInfo uri
                && (response.getStatus() != 404 || uri.getMatchedResourceMethod() != null)) {
            String route = route(uri.getMatchedTemplates());
            if (!route.isEmpty()) {
                request.setProperty(RequestRecorder.ROUTE, route);
            }
        }
    }

    /** The templates come innermost first; a part's pattern, as in <code>{name: [a-z]+}</code>, is left out. */
    private static String route(List<UriTemplate> templates) {
        StringBuilder route = new StringBuilder();
        for (UriTemplate template : templates) {
            route.insert(0, template.getTemplate());
        }
        String whole = route.toString().replaceAll("//+", "/").replaceAll("\\{(\\w+)\\s*:[^/]*\\}", "{$1}");
        return whole.length() > 1 && whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    }
}
