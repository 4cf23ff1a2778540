package io.throughline.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The routes that are served, those of the OpenAPI document, and its examples.
class RoutesTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    /// For our own services and gateways only: no part of the published interface.
    private static final Set<String> INTERNAL = Set.of("POST /v1/identities/tokens", "GET /v1/identities/caller");
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() throws IOException {
        var served = served();
        assertThat(served).containsAll(INTERNAL);
        served.removeAll(INTERNAL);
        assertThat(described()).isEqualTo(served);
    }

    @Test
    void examplesAreThoseOfOperationsThatThereAre() throws IOException {
        var document = document();
        ApiDescription.examples().properties().forEach(operation -> {
            assertThat(described(document)).contains(operation.getKey());
            var words = operation.getKey().split(" ");
            var responses = document.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT)).path("responses");
            operation.getValue().propertyStream().map(Map.Entry::getKey).forEach(status -> assertThat(responses.has(status)).as(operation.getKey() + " " + status).isTrue());
        });
    }

    private static TreeSet<String> served() {
        var router = Router.router(VERTX);
        new Routes(new EventsRoute(null, null, null, null, null, null, null, null, null), new ImportsRoute(null, null, null, null, null, null),
                new IdentityTokensRoute(null, null, null, null), new CallerRoute(null), new SourcesRoute(null, null, null, null, null, null, null, null), null).register(router);
        var served = new TreeSet<String>();
        router.getRoutes().stream().filter(route -> route.getPath() != null && route.methods() != null)
                .forEach(route -> route.methods().forEach(method -> served.add(method + " " + route.getPath().replaceAll(":(\\w+)", "{$1}"))));
        return served;
    }

    private static Set<String> described() throws IOException {
        return described(document());
    }

    private static Set<String> described(JsonNode document) {
        var described = new TreeSet<String>();
        document.path("paths").properties().forEach(path -> path.getValue().propertyStream().map(Map.Entry::getKey).filter(METHODS::contains)
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return described;
    }

    private static JsonNode document() throws IOException {
        try (var file = RoutesTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return YAMLMapper.builder().build().readTree(file);
        }
    }
}
