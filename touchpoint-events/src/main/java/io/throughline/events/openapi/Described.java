package io.throughline.events.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// Completes a service's OpenAPI document: who may call, and every answer that an operation can give, each with an example.
///
/// A problem's example is made by the code that makes the problem, so its status, title and code are right.
public final class Described {

    private static final String EXAMPLES = "/META-INF/openapi-examples.json";
    private static final String TOKEN = "token";
    private static final String SUMMARY = "summary";
    private static final Map<String, String> SUCCESSES = Map.of("200", "Done", "201", "Made: it was not there before", "202", "Begun");
    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_REF = "#/components/schemas/" + PROBLEM;

    private Described() {}

    /// Which problems one operation can answer.
    @FunctionalInterface
    public interface Problems {

        /// @param takesBody whether the operation has a request body
        List<Problem> of(HttpMethod method, String path, boolean takesBody);
    }

    /// The examples of a service, from its `META-INF/openapi-examples.json`.
    ///
    /// @param service any class of it
    public static JsonNode examplesBeside(Class<?> service) {
        try (var file = service.getResourceAsStream(EXAMPLES)) {
            return EventJson.mapper().readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @param examples by method and path, as in `GET /v1/findings`: its `summary`, where the document has none, and for each status of success, as in
    /// `200` or `200 text/plain`, one answer
    public static void complete(OpenAPI document, Problems problems, JsonNode examples) {
        var components = document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components);
        components.addSecurityScheme(TOKEN, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                .description("A token of a role, or a source's key"));
        document.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        if (components.getSchemas() == null || !components.getSchemas().containsKey(PROBLEM)) {
            components.addSchema(PROBLEM, problemSchema());
        }
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
            operation.setSecurity(null);
            for (var problem : problems.of(method, path, operation.getRequestBody() != null)) {
                add(operation, components, problem.at(path));
            }
            describe(operation, components, examples.path(method + " " + path));
        }));
    }

    private static void add(Operation operation, Components components, Problem problem) {
        var status = Integer.toString(problem.status());
        var response = resolved(operation, components, status);
        if (response.getDescription() == null) {
            response.setDescription("A problem; its code says which");
        }
        var content = response.getContent() == null ? OASFactory.createContent() : response.getContent();
        var mediaType = content.hasMediaType(Problem.MEDIA_TYPE) ? content.getMediaType(Problem.MEDIA_TYPE)
                : OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM_REF));
        mediaType.addExample(problem.code(), OASFactory.createExample().summary(problem.title()).value(plain(problem)));
        response.setContent(content.addMediaType(Problem.MEDIA_TYPE, mediaType));
        switch (problem.status()) {
            case 401 -> addHeader(response, "WWW-Authenticate", Schema.SchemaType.STRING);
            case 429, 503 -> addHeader(response, "Retry-After", Schema.SchemaType.INTEGER);
            default -> { }
        }
        operation.getResponses().addAPIResponse(status, response);
    }

    private static void addHeader(APIResponse response, String name, Schema.SchemaType type) {
        if (response.getHeaders() == null || !response.getHeaders().containsKey(name)) {
            response.addHeader(name, OASFactory.createHeader().schema(OASFactory.createSchema().addType(type)));
        }
    }

    /// Where there are examples, their statuses are those of success: annotations know one at most, whatever it is.
    private static void describe(Operation operation, Components components, JsonNode examples) {
        if (examples.has(SUMMARY)) {
            operation.setSummary(examples.path(SUMMARY).asText());
        }
        var answers = examples.propertyStream().filter(example -> !example.getKey().equals(SUMMARY)).toList();
        var statuses = answers.stream().map(example -> example.getKey().split(" ")[0]).collect(Collectors.toSet());
        var known = operation.getResponses().getAPIResponses().keySet().stream().filter(status -> status.startsWith("2")).toList();
        for (var status : statuses) {
            if (!known.contains(status) && !known.isEmpty()) {
                var like = resolved(operation, components, known.getFirst());
                operation.getResponses().addAPIResponse(status, copy(like).description(SUCCESSES.getOrDefault(status, like.getDescription())));
            }
        }
        known.stream().filter(status -> !statuses.isEmpty() && !statuses.contains(status)).forEach(operation.getResponses()::removeAPIResponse);
        for (var answer : answers) {
            var words = answer.getKey().split(" ");
            resolved(operation, components, words[0]).getContent().getMediaTypes().forEach((name, mediaType) -> {
                if (words.length == 1 ? name.endsWith("json") : name.equals(words[1])) {
                    mediaType.addExample("example", OASFactory.createExample().value(plain(answer.getValue())));
                }
            });
        }
    }

    /// The operation's own answer of that status: a shared one is copied, as other operations that share it answer otherwise.
    private static APIResponse resolved(Operation operation, Components components, String status) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        var own = operation.getResponses().getAPIResponse(status);
        if (own == null) {
            return OASFactory.createAPIResponse();
        }
        if (own.getRef() == null) {
            return own;
        }
        var shared = components.getResponses().get(own.getRef().substring(own.getRef().lastIndexOf('/') + 1));
        var copy = copy(shared);
        operation.getResponses().addAPIResponse(status, copy);
        return copy;
    }

    /// With what it holds, but for examples.
    private static APIResponse copy(APIResponse response) {
        var copy = OASFactory.createAPIResponse().description(response.getDescription());
        if (response.getHeaders() != null) {
            response.getHeaders().forEach(copy::addHeader);
        }
        if (response.getContent() != null) {
            var content = OASFactory.createContent();
            response.getContent().getMediaTypes().forEach((name, mediaType) ->
                    content.addMediaType(name, OASFactory.createMediaType().schema(mediaType.getSchema())));
            copy.setContent(content);
        }
        return copy;
    }

    private static Schema problemSchema() {
        var schema = object(Map.of("type", "string", "title", "string", "status", "integer", "detail", "string", "instance", "string", "code", "string"))
                .required(new ArrayList<>(List.of("type", "title", "status", "detail", "code")))
                .description("RFC 9457. `code` is stable, for programs; `detail` says what to do; `errors` says where, if a body is at fault");
        var error = object(Map.of("pointer", "string", "detail", "string", "line", "integer", "column", "integer"));
        return schema.addProperty("errors", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(error));
    }

    private static Schema object(Map<String, String> properties) {
        var schema = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        properties.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(property -> schema.addProperty(property.getKey(),
                OASFactory.createSchema().addType(property.getValue().equals("integer") ? Schema.SchemaType.INTEGER : Schema.SchemaType.STRING)));
        return schema;
    }

    private static Object plain(Object value) {
        return EventJson.mapper().convertValue(value, Object.class);
    }
}
