package io.throughline.journey.http;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Lets pass the query parameters that a route documents, and refuses all others: so the OpenAPI document names each that is taken.
class ParameterCheck {

    private final Map<Method, Map<String, Boolean>> documented = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public void check(UriInfo uri, ResourceInfo route) {
        Parameters.check(uri.getQueryParameters(), documented.computeIfAbsent(route.getResourceMethod(), ParameterCheck::documentedAt));
    }

    /// By name, in the order of the annotations; true for lists.
    static Map<String, Boolean> documentedAt(Method route) {
        var names = new LinkedHashMap<String, Boolean>();
        Arrays.stream(route.getAnnotationsByType(Parameter.class)).filter(parameter -> parameter.in() == ParameterIn.QUERY)
                .forEach(parameter -> names.put(parameter.name(), parameter.schema().type() == SchemaType.ARRAY));
        return Collections.unmodifiableMap(names);
    }
}
