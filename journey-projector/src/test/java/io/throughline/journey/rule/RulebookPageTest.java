package io.throughline.journey.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The page in `docs` says what the rule files say. `-Dwrite=true` writes it.
class RulebookPageTest {

    private static final Path PAGE = Path.of("../docs/rulebook.md");

    @Test
    void thePageSaysWhatTheRulesSay() throws IOException {
        var page = RulebookPage.of(rules());
        if (Boolean.getBoolean("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).as("docs/rulebook.md is behind the rule files; its head says how it is written anew").isEqualTo(Files.readString(PAGE));
    }

    private static List<JsonNode> rules() throws IOException {
        var rules = new ArrayList<JsonNode>();
        for (var name : resource("index").lines().toList()) {
            rules.add(new ObjectMapper(new YAMLFactory()).readTree(resource(name)));
        }
        return rules;
    }

    private static String resource(String name) throws IOException {
        try (var in = RulebookPageTest.class.getResourceAsStream("/rulebook/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
