package io.throughline.journey.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Lets pass the query parameters that a route documents, and refuses all others: so the OpenAPI document names each that is taken.
class ParameterCheck {

    private static final Set<String> OF_PAGES = Set.of("cursor", "findingsCursor", "limit");

    private final Map<Method, Map<String, Boolean>> documented = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public void check(UriInfo uri, ResourceInfo route) {
        Parameters.check(uri.getQueryParameters(), documented.computeIfAbsent(route.getResourceMethod(), ParameterCheck::documentedAt));
    }

    /// By name, in the order of the annotations; true for lists. An answer in another form, of which the document says nothing, and a head alone take what
    /// their documented sibling takes, but for pages.
    static Map<String, Boolean> documentedAt(Method route) {
        var names = new LinkedHashMap<String, Boolean>();
        var documented = isHidden(route) ? sibling(route) : route;
        Arrays.stream(documented.getAnnotationsByType(Parameter.class))
                .filter(parameter -> parameter.in() == ParameterIn.QUERY && (documented.equals(route) || !OF_PAGES.contains(parameter.name())))
                .forEach(parameter -> names.put(parameter.name(), parameter.schema().type() == SchemaType.ARRAY));
        return Collections.unmodifiableMap(names);
    }

    private static Method sibling(Method route) {
        return Arrays.stream(route.getDeclaringClass().getDeclaredMethods())
                .filter(other -> !isHidden(other) && verbs(other).equals(verbs(route)) && path(other).equals(path(route))).findFirst()
                .orElseThrow(() -> new IllegalStateException(route + " is hidden and has no documented sibling"));
    }

    private static boolean isHidden(Method route) {
        var operation = route.getAnnotation(Operation.class);
        return operation != null && operation.hidden();
    }

    private static List<String> verbs(Method route) {
        return Arrays.stream(route.getAnnotations()).map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull).map(HttpMethod::value).map(verb -> verb.equals(HttpMethod.HEAD) ? HttpMethod.GET : verb).toList();
    }

    private static String path(Method route) {
        var path = route.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
