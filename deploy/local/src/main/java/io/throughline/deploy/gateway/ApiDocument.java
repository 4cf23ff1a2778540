package io.throughline.deploy.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// One OpenAPI document of the whole: the operations of the services that can be reached through the gateway, with what the gateway itself
/// may answer, and its own health.
public final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
    private static final String REF = "$ref";
    private static final String PROBLEM_REF = "#/components/schemas/Problem";

    private final ObjectNode document;

    private ApiDocument() {
        document = EventJson.mapper().createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Throughline").put("version", "1").put("description", """
                Keeps every interaction of a company's customers, rebuilds their journeys, and says where the company contradicted itself, forgot, \
                or let the customer down. Hand in events at `POST /v1/events`; read journeys and findings. Every error is a problem (RFC 9457) \
                with a stable `code`, and says what to do. Every call needs a token: `./throughline token operator` prints one.""");
        document.putArray("servers").addObject().put("url", "/").put("description", "The gateway that serves this page");
        document.putArray("security").addObject().putArray("token");
        document.putObject("tags");
        document.putObject("paths");
        document.putObject("components");
    }

    /// @param services their own documents, by the service; none is changed
    public static JsonNode merge(Map<Route, JsonNode> services) {
        var merged = new ApiDocument();
        services.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(service -> merged.take(service.getKey(), service.getValue().deepCopy()));
        merged.addHealth();
        merged.tag();
        return merged.document;
    }

    private void take(Route route, ObjectNode service) {
        renameWhatDiffers(service, route.name().toLowerCase(Locale.ROOT));
        service.path("components").properties().forEach(kind ->
                components(kind.getKey()).setAll((ObjectNode) kind.getValue()));
        for (var path : service.path("paths").properties()) {
            if (Route.of(path.getKey()).filter(route::equals).isEmpty()) {
                continue;
            }
            operations(path.getValue()).forEach(operation -> addOwnProblems(operation, service, path.getKey()));
            paths().set(path.getKey(), path.getValue());
        }
    }

    /// Two services may call different things by one name: those of the later one get its name before theirs.
    private void renameWhatDiffers(ObjectNode service, String name) {
        var renamed = new HashMap<String, String>();
        service.path("components").properties().forEach(kind -> {
            var present = components(kind.getKey());
            var own = (ObjectNode) kind.getValue();
            Stream.of(own.propertyStream().map(Map.Entry::getKey).toArray(String[]::new))
                    .filter(each -> present.has(each) && !present.get(each).equals(own.get(each)))
                    .forEach(each -> {
                        own.set(name + "." + each, own.remove(each));
                        var start = "#/components/" + kind.getKey() + "/";
                        renamed.put(start + each, start + name + "." + each);
                    });
        });
        rewrite(service, renamed);
    }

    private static void rewrite(JsonNode node, Map<String, String> renamed) {
        if (node instanceof ObjectNode object && object.path(REF).isTextual()) {
            object.put(REF, renamed.getOrDefault(object.path(REF).asText(), object.path(REF).asText()));
        }
        node.forEach(child -> rewrite(child, renamed));
    }

    private static Stream<ObjectNode> operations(JsonNode path) {
        return path.propertyStream().filter(member -> METHODS.contains(member.getKey())).map(member -> (ObjectNode) member.getValue());
    }

    /// What the gateway answers in place of a service.
    private static List<Problem> ownProblems(boolean takesBody) {
        var always = Stream.of(
                Problems.malformed("A request has one header Host."),
                Problems.tooLong("A request's first line has at most " + RequestHead.MAX_LINE_BYTES + " bytes.", 414),
                Problems.tooLong("A request's header fields have at most " + RequestHead.MAX_BYTES + " bytes.", 431),
                Problems.expectation(),
                Problems.otherVersion(),
                Problems.unavailable("projector"),
                Problems.busy("projector"),
                Problems.callerBusy("viewer", "projector", Limits.USUAL.requestsOfCaller()),
                Problems.tooManyConnections());
        return (takesBody ? Stream.concat(always, Stream.of(Problems.bodyTooSlow(Limits.USUAL))) : always).toList();
    }

    private static void addOwnProblems(ObjectNode operation, ObjectNode service, String path) {
        for (var problem : ownProblems(operation.has("requestBody"))) {
            var response = response(operation, service, Integer.toString(problem.status()));
            if (problem.status() == 503) {
                response.withObject("/headers/Retry-After/schema").put("type", "integer");
            }
            var content = response.withObject("/content").withObjectProperty(Problem.MEDIA_TYPE);
            if (!content.has("schema")) {
                content.putObject("schema").put(REF, PROBLEM_REF);
            }
            var examples = content.withObjectProperty("examples");
            if (!examples.has(problem.code())) {
                examples.putObject(problem.code()).put("summary", problem.title())
                        .set("value", EventJson.mapper().valueToTree(problem.at(path)));
            }
        }
    }

    /// Its own answer of that status; a shared one is copied.
    private static ObjectNode response(ObjectNode operation, ObjectNode service, String status) {
        var responses = operation.withObjectProperty("responses");
        if (!responses.has(status)) {
            return responses.putObject(status).put("description", "A problem; its code says which");
        }
        var own = (ObjectNode) responses.get(status);
        if (own.path(REF).isTextual() && service.at(own.path(REF).asText().substring(1)) instanceof ObjectNode shared) {
            own = shared.deepCopy();
            responses.set(status, own);
        }
        return own;
    }

    private void addHealth() {
        var up = EventJson.mapper().createObjectNode().put("status", "UP");
        up.putArray("checks").addObject().put("name", "ingest").put("status", "UP");
        var down = EventJson.mapper().createObjectNode().put("status", "DOWN");
        down.putArray("checks").addObject().put("name", "ingest").put("status", "DOWN");
        addHealth("/q/health/live", "Whether the gateway runs", Map.of("200", EventJson.mapper().createObjectNode().put("status", "UP")));
        addHealth("/q/health/ready", "Whether every service can answer", Map.of("200", up, "503", down));
    }

    private void addHealth(String path, String summary, Map<String, ObjectNode> answers) {
        var operation = paths().putObject(path).putObject("get");
        operation.put("summary", summary).put("description", "Open: needs no token.").putArray("security");
        var responses = operation.putObject("responses");
        answers.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(answer -> {
            var response = responses.putObject(answer.getKey()).put("description", answer.getKey().equals("200") ? "It does" : "A service does not");
            var content = response.putObject("content").putObject(Site.JSON);
            content.putObject("schema").put("type", "object");
            content.set("example", answer.getValue());
        });
    }

    /// By the first part of the path, as in `journeys`.
    private void tag() {
        ArrayNode tags = EventJson.mapper().createArrayNode();
        paths().properties().forEach(path -> {
            var parts = path.getKey().split("/");
            var name = parts[2];
            if (tags.valueStream().noneMatch(tag -> tag.path("name").asText().equals(name))) {
                tags.addObject().put("name", name);
            }
            operations(path.getValue()).forEach(operation -> operation.putArray("tags").add(name));
        });
        document.set("tags", tags);
    }

    private ObjectNode paths() {
        return document.withObjectProperty("paths");
    }

    private ObjectNode components(String kind) {
        return document.withObjectProperty("components").withObjectProperty(kind);
    }
}
