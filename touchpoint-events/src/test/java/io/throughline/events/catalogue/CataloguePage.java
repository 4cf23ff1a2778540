package io.throughline.events.catalogue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.catalogue.Shape.Field;
import io.throughline.events.json.EventJson;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// The page of the catalogue: all types by family, each with its fields and an example.
final class CataloguePage {

    private static final String HEAD = """
            # Events

            What a channel can send so that the shipped rules and reports understand it. A channel may send types of its own, too: they are kept, shown,
            and matched by rules that name them. Each type's data has a [JSON Schema](schemas); `./throughline events TYPE` shows one type, with an event
            to copy.

            This page is made from the records in `touchpoint-events`: `./throughline test CataloguePageTest` says when it is behind, and
            `mvn test -pl touchpoint-events -Dtest=CataloguePageTest -Dwrite=true` writes it.

            ## An event

            An event is a [CloudEvent](https://cloudevents.io) 1.0, posted to `POST /v1/events` with `Content-Type: application/cloudevents+json`:

            | attribute | |
            |---|---|
            | `specversion` | `1.0` |
            | `id` | unique within its source; the same event sent again has the same id, and has one effect |
            | `source` | the channel system, as in `/channels/self-service`: the one that the key belongs to |
            | `type` | as below |
            | `subject` | the customer: `namespace:value`, as in `customer:4711` or `email:ada@example.org` |
            | `time` | when it happened, with an offset (RFC 3339) |
            | `channel` | optional: where it happened, as in `web`; else that of the registered source |
            | `sequence` | optional: orders events of one source at one time |
            | `knowntime` | optional: when the company knew of it, if not when it is sent; `unknown` for history where that is not known |
            | `data` | what happened: the fields below; those marked `?` may be left out |

            What no rule can read is accepted all the same and said: the answer's `warnings` name a misspelt type, a field that is missing, misspelt or
            of another kind, and data that is no object.

            """;

    private CataloguePage() {}

    static String of(Collection<EventType> types) throws JsonProcessingException {
        var page = new StringBuilder(HEAD);
        var families = new TreeMap<>(types.stream().collect(groupingBy(EventType::family)));
        for (var family : families.entrySet()) {
            page.append("## ").append(family.getKey()).append("\n\n");
            for (var type : family.getValue()) {
                append(page, type);
            }
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static void append(StringBuilder page, EventType type) throws JsonProcessingException {
        page.append("### `").append(type.name()).append("`\n\n").append(type.meaning()).append("\n\n");
        if (!type.data().fields().isEmpty()) {
            page.append("| field | value | |\n|---|---|---|\n").append(rows("", type.data().fields())).append('\n');
        }
        page.append("```json\n").append(EventJson.mapper().writeValueAsString(type.example(true))).append("\n```\n\n");
    }

    private static String rows(String prefix, List<Field> fields) {
        return fields.stream().map(field -> "| `" + prefix + field.name() + "`" + (field.optional() ? "?" : "") + " | "
                + field.shape().words().replace("|", "\\|") + " | " + field.meaning() + " |\n"
                + (field.shape() instanceof Shape.Structure structure ? rows(prefix + field.name() + ".", structure.fields()) : ""))
                .collect(joining());
    }
}
