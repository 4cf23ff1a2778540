package io.throughline.events.catalogue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The JSON Schema (draft 2020-12) of the data of a type. Further fields are permitted: they are kept.
public final class EventSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EventSchema() {}

    public static ObjectNode of(EventType type) {
        var schema = JSON.objectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema").put("$id", "urn:throughline:event:" + type.name())
                .put("title", type.name()).put("description", type.meaning());
        schema.setAll(structure(type.data()));
        schema.putArray("examples").add(type.example(true));
        return schema;
    }

    private static ObjectNode structure(Shape.Structure structure) {
        var schema = JSON.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        for (var field : structure.fields()) {
            var property = of(field.shape());
            if (!field.meaning().isEmpty()) {
                property.put("description", field.meaning());
            }
            properties.set(field.name(), property);
        }
        var required = structure.fields().stream().filter(field -> !field.optional()).map(Shape.Field::name).toList();
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return schema;
    }

    private static ObjectNode of(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> {
                var schema = JSON.objectNode().put("type", "string");
                if (!text.oneOf().isEmpty()) {
                    text.oneOf().forEach(schema.putArray("enum")::add);
                }
                yield schema;
            }
            case Shape.WholeNumber _ -> JSON.objectNode().put("type", "integer");
            case Shape.Flag _ -> JSON.objectNode().put("type", "boolean");
            case Shape.Time _ -> JSON.objectNode().put("type", "string").put("format", "date-time");
            case Shape.Amount _ -> amount();
            case Shape.Structure structure -> structure(structure);
            case Shape.ListOf list -> {
                var schema = JSON.objectNode().put("type", "array");
                schema.set("items", of(list.items()));
                yield schema;
            }
            case Shape.Anything _ -> JSON.objectNode();
        };
    }

    private static ObjectNode amount() {
        var schema = JSON.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        properties.putObject("amount").put("type", "string").put("pattern", "^-?[0-9]+(\\.[0-9]+)?$")
                .put("description", "a decimal number with at most as many digits after the point as the currency has");
        properties.putObject("currency").put("type", "string").put("pattern", "^[A-Z]{3}$").put("description", "a code of ISO 4217");
        List.of("amount", "currency").forEach(schema.putArray("required")::add);
        return schema;
    }
}
