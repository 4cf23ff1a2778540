package io.throughline.events.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The page and the schemas in `docs` say what the records say. `-Dwrite=true` writes them.
class CataloguePageTest {

    private static final Path PAGE = Path.of("../docs/events.md");
    private static final Path SCHEMAS = Path.of("../docs/schemas");

    @Test
    void thePageSaysWhatTheRecordsSay() throws IOException {
        var page = CataloguePage.of(Catalogue.types());
        if (Boolean.getBoolean("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).as("docs/events.md is behind the records; its head says how it is written").isEqualTo(Files.readString(PAGE));
    }

    @Test
    void theSchemasSayWhatTheRecordsSay() throws IOException {
        var schemas = new TreeMap<String, String>();
        for (var type : Catalogue.types()) {
            schemas.put(type.name() + ".json", EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(EventSchema.of(type)) + "\n");
        }
        if (Boolean.getBoolean("write")) {
            Files.createDirectories(SCHEMAS);
            for (var schema : schemas.entrySet()) {
                Files.writeString(SCHEMAS.resolve(schema.getKey()), schema.getValue());
            }
        }
        var written = new TreeMap<String, String>();
        try (var files = Files.list(SCHEMAS)) {
            for (var file : files.toList()) {
                written.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(written).as("docs/schemas is behind the records: -Dwrite=true writes it; remove what is no type any more").isEqualTo(schemas);
    }
}
