package io.throughline.journey.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Identity;
import io.throughline.events.Token;
import io.throughline.events.json.EventJson;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Identities to tokens, by asking the service that has the vault. Not on the hot path: events carry their tokens.
public final class IdentityTokens {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI endpoint;
    private final String bearer;

    /// @param ingestUrl of the service with the vault
    /// @param tokenFile holds the bearer token for it
    /// @throws IOException when the file cannot be read
    public IdentityTokens(String ingestUrl, Path tokenFile) throws IOException {
        this.endpoint = URI.create(ingestUrl + "/v1/identities/tokens");
        this.bearer = "Bearer " + Files.readString(tokenFile).trim();
    }

    /// @throws Refusal when the service with the vault does not answer
    public Token token(Identity identity) {
        var body = EventJson.mapper().createObjectNode();
        body.putArray("identities").add(identity.text());
        var request = HttpRequest.newBuilder(endpoint).timeout(PATIENCE).header("Authorization", bearer).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build();
        try {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            JsonNode token = answer.statusCode() == 200 ? EventJson.mapper().readTree(answer.body()).path("tokens").path(0) : null;
            if (token != null && token.isTextual()) {
                return Token.parse(token.textValue());
            }
            throw unavailable("it answered " + answer.statusCode());
        } catch (IOException failure) {
            throw unavailable("it did not answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        }
    }

    private static Refusal unavailable(String why) {
        return new Refusal(ErrorCode.NOT_READY, "The ingest service turns identities into tokens, and " + why + ". Try again, or ask by the person's token.");
    }
}
