package io.tradeops.app.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.uri.UriTemplate;

/** Records the path template of the resource that a request matched. Thread-safe. */
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

    /**
     * Joins the templates, which come innermost first. Drops the pattern of a part such as <code>{name: [a-z]+}</code>.
     */
    private static String route(List<UriTemplate> templates) {
        StringBuilder route = new StringBuilder();
        for (UriTemplate template : templates) {
            route.insert(0, template.getTemplate());
        }
        String whole = route.toString().replaceAll("//+", "/").replaceAll("\\{(\\w+)\\s*:[^/]*\\}", "{$1}");
        return whole.length() > 1 && whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    }
}
