package io.throughline.deploy.access;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The plain tokens of one stack, for its command line and for whoever tries it: `credentials.json`.
///
/// @param baseUrl the gateway's origin
/// @param tokens one per role
/// @param sources one key per channel or system
@JsonIgnoreProperties(ignoreUnknown = true)
public record Credentials(String baseUrl, SequencedMap<String, String> tokens, SequencedMap<String, String> sources) {
    static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Credentials {
        tokens = new TreeMap<>(tokens == null ? Map.of() : tokens);
        sources = new TreeMap<>(sources == null ? Map.of() : sources);
    }

    /// @throws java.nio.file.NoSuchFileException when no stack was ever started there
    public static Credentials read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readString(file), Credentials.class);
        } catch (JsonProcessingException damaged) {
            var place = damaged.getLocation();
            throw new IOException("%s is no sound JSON%s. Mend it, or put it back from a copy."
                    .formatted(file, place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"), damaged);
        }
    }

    /// Of the gateway; empty where it never was one.
    public OptionalInt port() {
        int port = URI.create(baseUrl).getPort();
        return port > 0 ? OptionalInt.of(port) : OptionalInt.empty();
    }

    void write(Path file) throws IOException {
        SecretFile.write(file, JSON.writeValueAsString(this));
    }

    /// No token in a log, whoever logs this.
    @Override
    public String toString() {
        return "Credentials[baseUrl=%s, tokens=%s, sources=%s]".formatted(baseUrl, tokens.keySet(), sources.keySet());
    }
}
