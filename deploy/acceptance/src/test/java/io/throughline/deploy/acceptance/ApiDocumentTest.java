package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.gateway.ApiDocument;
import io.throughline.deploy.gateway.Route;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The documents of the packaged services, and the one that the gateways make of them. (What ingest serves is compared with its document there.)
class ApiDocumentTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    private static final String REST = "jakarta.ws.rs.";
    private static final String ROLES = "jakarta.annotation.security.RolesAllowed";
    /// As many roles there are for people; what all of them may do is said once.
    private static final int STAFF = 7;

    private static JsonNode ingest;
    private static JsonNode projector;
    private static JsonNode merged;

    @BeforeAll
    static void read() throws IOException {
        ingest = document("touchpoint-ingest");
        projector = document("journey-projector");
        merged = ApiDocument.merge(Map.of(Route.INGEST, ingest, Route.PROJECTOR, projector));
    }

    @Test
    void everyRouteOfTheProjectorIsDescribedAndNothingElse() throws Exception {
        assertThat(operations(projector)).isEqualTo(routes("journey-projector"));
    }

    @Test
    void theMergedDocumentHasAllOfThem() {
        var all = operations(ingest);
        all.addAll(operations(projector));
        all.addAll(Set.of("GET /q/health/live", "GET /q/health/ready"));
        assertThat(operations(merged)).isEqualTo(all).hasSizeGreaterThan(25);
    }

    /// Of every status that has a body; those that share the text of a form stand by their text.
    @Test
    void everyAnswerHasAnExample() {
        var without = new ArrayList<String>();
        forEach(merged, (operation, node) -> node.path("responses").properties().forEach(response -> response.getValue().path("content").properties()
                .forEach(content -> {
                    var body = content.getValue();
                    if (!body.has("example") && body.path("examples").isEmpty() && !response.getKey().equals("default")) {
                        without.add(operation + " " + response.getKey() + " " + content.getKey());
                    }
                })));
        assertThat(without).isEmpty();
    }

    @Test
    void noExampleIsOfWhatIsNotThere() throws IOException {
        for (var module : Map.of("touchpoint-ingest", ingest, "journey-projector", projector).entrySet()) {
            var examples = EventJson.mapper().readTree(Files.readString(Project.HOME.resolve(module.getKey()).resolve("src/main/resources/META-INF/openapi-examples.json")));
            assertThat(operations(module.getValue())).containsAll(examples.propertyStream().map(Map.Entry::getKey).toList());
        }
    }

    @Test
    void everyOperationSaysWhoMayNotAndWhatIsFullAndWhatIsWrong() {
        forEach(merged, (operation, node) -> {
            if (!operation.contains("/q/health")) {
                assertThat(node.path("responses").propertyStream().map(Map.Entry::getKey)).as(operation).contains("400", "401", "403", "503", "500");
                assertThat(node.has("security")).as(operation + " has the security of the whole").isFalse();
            }
        });
        assertThat(merged.at("/security/0").has("token")).isTrue();
        assertThat(merged.at("/components/securitySchemes/token/scheme").asText()).isEqualTo("bearer");
    }

    /// What only some roles may do stands in docs/operating.md, call by call, as the projector's classes say it.
    @Test
    void thePageForOperatorsSaysWhoMayDoWhat() throws Exception {
        var page = new TreeMap<String, String>();
        for (var row : Files.readAllLines(Project.HOME.resolve("docs/operating.md"))) {
            if (row.startsWith("| `") && row.contains("/v1/")) {
                var cells = row.split("\\|");
                Pattern.compile("`([A-Z]+ /v1/[^`]+)`").matcher(cells[1]).results().forEach(call -> page.put(call.group(1), cells[2].strip()));
            }
        }
        page.keySet().retainAll(operations(projector));
        var annotated = new TreeMap<String, String>();
        routes("journey-projector", (call, roles) -> {
            if (roles.size() < STAFF) {
                annotated.put(call, String.join(", ", roles));
            }
        });
        assertThat(page).isEqualTo(annotated).isNotEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(merged.findValuesAsText("$ref")).isNotEmpty()
                .allSatisfy(reference -> assertThat(merged.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
    }

    private interface Each {
        void accept(String operation, JsonNode node);
    }

    private static void forEach(JsonNode document, Each each) {
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream().filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> each.accept(member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), member.getValue())));
    }

    private static Set<String> operations(JsonNode document) {
        var operations = new TreeSet<String>();
        forEach(document, (operation, _) -> operations.add(operation));
        return operations;
    }

    private static JsonNode document(String module) throws IOException {
        return EventJson.mapper().readTree(Files.readString(Project.HOME.resolve(module).resolve("target/openapi/openapi.json")));
    }

    /// By the annotations of the packaged classes, which are no part of our class path.
    private static Set<String> routes(String module) throws Exception {
        var routes = new TreeSet<String>();
        routes(module, (route, _) -> routes.add(route));
        return routes;
    }

    private static void routes(String module, BiConsumer<String, List<String>> each) throws Exception {
        var application = Project.HOME.resolve(module).resolve("target/quarkus-app");
        try (var loader = new URLClassLoader(jars(application).toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            for (var name : classes(application.resolve("app"))) {
                var type = loader.loadClass(name);
                annotation(type.getAnnotations(), "Path").ifPresent(root -> Arrays.stream(type.getDeclaredMethods())
                        .forEach(method -> route(root, method).ifPresent(route -> each.accept(route, roles(type, method)))));
            }
        }
    }

    /// Of the method, else of its class; none where everyone may.
    private static List<String> roles(Class<?> type, Method method) {
        return Stream.of(method.getAnnotations(), type.getAnnotations()).flatMap(Arrays::stream)
                .filter(annotation -> annotation.annotationType().getName().equals(ROLES))
                .findFirst().map(annotation -> List.of((String[]) value(annotation))).orElseThrow();
    }

    private static Optional<String> route(Annotation root, Method method) {
        var verb = METHODS.stream().map(each -> each.toUpperCase(Locale.ROOT)).filter(each -> annotation(method.getAnnotations(), each).isPresent()).findFirst();
        return verb.map(each -> each + " " + value(root) + annotation(method.getAnnotations(), "Path").map(ApiDocumentTest::value).orElse(""));
    }

    private static Optional<Annotation> annotation(Annotation[] annotations, String name) {
        return Arrays.stream(annotations).filter(annotation -> annotation.annotationType().getName().equals(REST + name)).findFirst();
    }

    private static Object value(Annotation annotation) {
        try {
            return annotation.annotationType().getMethod("value").invoke(annotation);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<URL> jars(Path application) throws IOException {
        try (var files = Files.walk(application)) {
            var urls = new ArrayList<URL>();
            for (var file : files.filter(each -> each.toString().endsWith(".jar")).toList()) {
                urls.add(file.toUri().toURL());
            }
            return urls;
        }
    }

    private static List<String> classes(Path folder) throws IOException {
        try (var files = Files.list(folder); var jar = new JarFile(files.filter(each -> each.toString().endsWith(".jar")).findFirst().orElseThrow().toFile())) {
            return jar.stream().map(entry -> entry.getName()).filter(name -> name.matches("io/throughline/.*/http/[^$]*\\.class"))
                    .map(name -> name.replace('/', '.').replaceAll("\\.class$", "")).toList();
        }
    }
}
