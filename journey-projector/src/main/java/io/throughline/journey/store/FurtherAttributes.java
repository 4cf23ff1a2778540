package io.throughline.journey.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Attributes;
import io.throughline.events.KnownTime;
import io.throughline.events.json.EventJson;
import java.time.OffsetDateTime;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rarer attributes of an event in one column: most events have none.
final class FurtherAttributes {

    private FurtherAttributes() {}

    static @Nullable String write(Attributes attributes) {
        if (attributes.correlationId() == null && attributes.causationId() == null && attributes.resubmissionOf() == null
                && attributes.dataSchema() == null && attributes.knownTime() == KnownTime.WHEN_RECORDED && attributes.extensions().isEmpty()) {
            return null;
        }
        var json = EventJson.mapper().createObjectNode();
        attributes.extensions().forEach(json::put);
        put(json, "correlationid", attributes.correlationId());
        put(json, "causationid", attributes.causationId());
        put(json, "resubmissionof", attributes.resubmissionOf());
        put(json, "dataschema", attributes.dataSchema());
        put(json, KnownTime.ATTRIBUTE, attributes.knownTime().text());
        return json.toString();
    }

    private static void put(com.fasterxml.jackson.databind.node.ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static Attributes read(
            String source, String id, String type, OffsetDateTime time, @Nullable String channel, @Nullable String sequence, @Nullable String further) {
        var extensions = new TreeMap<String, String>();
        if (further != null) {
            parse(further).properties().forEach(field -> extensions.put(field.getKey(), field.getValue().textValue()));
        }
        var known = extensions.remove(KnownTime.ATTRIBUTE);
        return new Attributes(source, id, type, time, channel, sequence, extensions.remove("correlationid"), extensions.remove("causationid"),
                extensions.remove("resubmissionof"), extensions.remove("dataschema"), known == null ? KnownTime.WHEN_RECORDED : KnownTime.parse(known, time),
                extensions);
    }

    private static JsonNode parse(String text) {
        try {
            return EventJson.mapper().readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("we wrote this column ourselves", impossible);
        }
    }
}
