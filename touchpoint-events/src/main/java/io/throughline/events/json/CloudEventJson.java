package io.throughline.events.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.AttributeLimits;
import io.throughline.events.Attributes;
import io.throughline.events.CloudEvent;
import io.throughline.events.ContentHash;
import io.throughline.events.Identity;
import io.throughline.events.KnownTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CloudEvents 1.0 in the JSON format (structured mode), as channels send them.
public final class CloudEventJson {

    private CloudEventJson() {}

    /// What came of reading one event.
    public sealed interface Reading {
        record Readable(CloudEvent event) implements Reading {}

        /// @param source as far as it could be read, for the answer; may be `null`, as may `id`
        /// @param violations at least one
        record Invalid(@Nullable String source, @Nullable String id, List<Violation> violations) implements Reading {}
    }

    /// Reads one event. Total: whatever the JSON is, the answer says what is wrong with it, all at once.
    ///
    /// Limits: those of [AttributeLimits]; times truncated to the microsecond; attributes as the types of CloudEvents 1.0; numbers within
    /// the range of a double; `data_base64` is JSON in UTF-8.
    public static Reading read(JsonNode json) {
        var fields = new AttributeFields(json);
        fields.specVersion();
        String source = fields.source();
        String id = fields.id();
        String type = fields.type();
        OffsetDateTime time = fields.time();
        Identity subject = fields.subject();
        var channel = fields.optional("channel");
        var sequence = fields.optional("sequence");
        var correlationId = fields.optional("correlationid");
        var causationId = fields.optional("causationid");
        var resubmissionOf = fields.optional("resubmissionof");
        var dataSchema = fields.dataSchema();
        var knownTime = fields.knownTime(time);
        var extensions = fields.extensions();
        JsonNode data = fields.data();
        if (!fields.violations().isEmpty()) {
            return new Reading.Invalid(source, id, fields.violations());
        }
        var attributes = new Attributes(source, id, type, time, channel, sequence, correlationId, causationId, resubmissionOf, dataSchema, knownTime, extensions);
        if (AttributeLimits.areTooMany(attributes)) {
            return new Reading.Invalid(source, id, List.of(new Violation("", "has more than " + AttributeLimits.MAX_BYTES
                    + " bytes of attributes: event content belongs into \"data\"")));
        }
        return new Reading.Readable(new CloudEvent(attributes, subject, data, ContentHash.of(NormalForm.of(json, data))));
    }

    /// The structured form of an event. Reading it back gives the same attributes, subject and data.
    public static ObjectNode write(Attributes attributes, Identity subject, @Nullable JsonNode data) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("specversion", "1.0");
        json.put("id", attributes.id());
        json.put("source", attributes.source());
        json.put("type", attributes.type());
        json.put("subject", subject.text());
        json.put("time", attributes.timestamp());
        putIfPresent(json, "channel", attributes.channel());
        putIfPresent(json, "sequence", attributes.sequence());
        putIfPresent(json, "correlationid", attributes.correlationId());
        putIfPresent(json, "causationid", attributes.causationId());
        putIfPresent(json, "resubmissionof", attributes.resubmissionOf());
        putIfPresent(json, "dataschema", attributes.dataSchema());
        putIfPresent(json, KnownTime.ATTRIBUTE, attributes.knownTime().text());
        attributes.extensions().forEach(json::put);
        if (data != null) {
            json.put("datacontenttype", "application/json");
            json.set("data", data);
        }
        return json;
    }

    private static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
