package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A customer as named on the command line: by an identity, by the token that lists show, or by a finding.
sealed interface Person {
    String HELP = "namespace:value, for example customer:4711; or a person's token, or the id of a finding.";
    Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");
    Pattern FINDING = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    record Identity(String text) implements Person {}

    record Token(String text) implements Person {}

    record OfFinding(String id) implements Person {
        private JsonNode read(Api api) throws IOException {
            return api.get("/v1/findings/" + id, Map.of());
        }
    }

    static Person of(String text) {
        return TOKEN.matcher(text).matches() ? new Token(text) : FINDING.matcher(text).matches() ? new OfFinding(text) : new Identity(text);
    }

    /// Where the API has the journey.
    default String journey(Api api) throws IOException {
        return switch (this) {
            case Identity(var text) -> api.post("/v1/persons/lookup", "application/json", null,
                    BodyPublishers.ofString(Api.JSON.writeValueAsString(Map.of("identity", text)))).path("journey").asText();
            case Token(var text) -> "/v1/journeys/" + text;
            case OfFinding finding -> "/v1/journeys/" + finding.read(api).path("person").asText();
        };
    }

    /// The rule that is meant where none is named.
    default Optional<String> rule(Api api) throws IOException {
        return this instanceof OfFinding finding ? Optional.of(finding.read(api).path("rule").asText()) : Optional.empty();
    }
}
