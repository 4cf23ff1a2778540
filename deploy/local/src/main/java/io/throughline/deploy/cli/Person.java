package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A customer as named on the command line: by an identity, or by what lists show, which is a person's token or the id of a finding.
sealed interface Person {
    String HELP = "namespace:value, for example customer:4711; or a person's token, or the id of a finding.";
    /// Tokens and ids look alike.
    Pattern SHOWN = Pattern.compile("[0-9a-f]{32}");
    int NOT_FOUND = 404;
    int CONFLICT = 409;

    record Identity(String text) implements Person {}

    record Shown(String text) implements Person {
        private Optional<JsonNode> finding(Api api) throws IOException {
            try {
                return Optional.of(api.get("/v1/findings/" + text, Map.of()));
            } catch (Api.Refused refused) {
                if (refused.status() == NOT_FOUND) {
                    return Optional.empty();
                }
                if (refused.status() == CONFLICT) {
                    throw new WrongUsage(Printable.ofLines(refused.getMessage()) + " Give one of these tokens instead of the finding's id.");
                }
                throw refused;
            }
        }
    }

    static Person of(String text) {
        return SHOWN.matcher(text).matches() ? new Shown(text) : new Identity(text);
    }

    /// Where the API has the journey.
    default String journey(Api api) throws IOException {
        return switch (this) {
            case Identity(var text) -> api.post("/v1/persons/lookup", "application/json", null,
                    BodyPublishers.ofString(Api.JSON.writeValueAsString(Map.of("identity", text)))).path("journey").asText();
            case Shown shown -> "/v1/journeys/" + shown.finding(api).map(finding -> finding.path("person").asText()).orElse(shown.text());
        };
    }

    /// The rule that is meant where none is named: that of a finding.
    default Optional<String> rule(Api api) throws IOException {
        return this instanceof Shown shown ? shown.finding(api).map(finding -> finding.path("rule").asText()) : Optional.empty();
    }
}
