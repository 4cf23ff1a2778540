package io.throughline.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
    private static final String SOURCES = """
            { "paths": { "/v1/sources": { "get": { "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Item" } } } },
                                                                    "503": { "$ref": "#/components/responses/Later" } } } },
                         "/v1/identities/tokens": { "post": { "responses": { } } } },
              "components": { "schemas": { "Item": { "type": "string" }, "Problem": { "type": "object" } },
                              "responses": { "Later": { "description": "Later", "content": { } } } } }""";
    private static final String FINDINGS = """
            { "paths": { "/v1/findings": { "post": { "requestBody": { }, "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Item" } } } } } } } },
              "components": { "schemas": { "Item": { "type": "integer" }, "Problem": { "type": "object" } } } }""";

    @Test
    void itHoldsWhatCanBeReachedAndNothingElse() throws IOException {
        assertThat(merged().path("paths").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("/v1/sources", "/v1/findings", "/q/health/live", "/q/health/ready");
    }

    @Test
    void twoThingsOfOneNameStayTwo() throws IOException {
        var merged = merged();
        assertThat(type(merged, "/v1/sources", "get")).isEqualTo("string");
        assertThat(type(merged, "/v1/findings", "post")).isEqualTo("integer");
        assertThat(merged.at("/components/schemas").propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("Item", "projector.Item", "Problem");
    }

    @Test
    void theGatewaysOwnProblemsAreAmongTheAnswers() throws IOException {
        var merged = merged();
        var later = merged.at("/paths/~1v1~1sources/get/responses/503");
        assertThat(later.path("description").asText()).isEqualTo("Later");
        assertThat(later.at("/content/application~1problem+json/examples").propertyStream().map(Map.Entry::getKey))
                .contains("service-unavailable", "service-busy", "caller-busy", "too-many-connections");
        assertThat(merged.at("/components/responses/Later/content")).as("other operations may share it").isEmpty();
        assertThat(merged.at("/paths/~1v1~1findings/post/responses").has("408")).as("a body may be slow").isTrue();
        assertThat(merged.at("/paths/~1v1~1sources/get/responses").has("408")).isFalse();
    }

    private static String type(JsonNode merged, String path, String method) {
        var reference = merged.path("paths").path(path).at("/" + method + "/responses/200/content/application~1json/schema/$ref").asText();
        return merged.at(reference.substring(1)).path("type").asText();
    }

    private static JsonNode merged() throws IOException {
        return ApiDocument.merge(Map.of(Route.INGEST, json(SOURCES), Route.PROJECTOR, json(FINDINGS)));
    }

    private static JsonNode json(String text) throws IOException {
        return EventJson.mapper().readTree(text);
    }
}
