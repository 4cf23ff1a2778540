package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// The two events that an expression speaks of, as `this` and `other`; what it calls `this.data.k` or `other.time` are fields of theirs.
record PlainPair(PlainEvent self, PlainEvent other) {

    /// In the words of [PlainCel]; `null` where there is no such field.
    @Nullable Object value(String field) {
        return switch (path(field)) {
            case "time" -> event(field).occurredAt();
            case "recordedTime" -> event(field).recordedAt();
            case String path -> value(PlainValue.at(event(field), path));
        };
    }

    /// Whether the last name is there; no value where what should hold it is no object.
    @Nullable Object presence(String field) {
        var path = path(field);
        int last = path.lastIndexOf('.');
        if (last < 0) {
            return !PlainValue.at(event(field), path).isMissingNode();
        }
        var holder = PlainValue.at(event(field), path.substring(0, last));
        return holder.isObject() ? holder.has(path.substring(last + 1)) : null;
    }

    private static String path(String field) {
        return field.substring(field.indexOf('.') + 1);
    }

    private PlainEvent event(String field) {
        return field.startsWith("other.") ? other : self;
    }

    private static @Nullable Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case MISSING -> null;
            case NULL -> PlainCel.NULL;
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.decimalValue();
            case STRING -> json.textValue();
            default -> json;
        };
    }
}
