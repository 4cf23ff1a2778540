package io.throughline.events.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Text;
import io.throughline.events.UriText;
import io.throughline.events.json.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of one source in JSON, read one by one; what is wrong is collected, not thrown, so that its author learns all of it at once.
final class SourceFields {

    private static final int MAX_VIOLATIONS = 20;
    private static final Set<String> KNOWN = Set.of("channel", "types", "heartbeat", "expectedDelay", "clockSkew");

    private final JsonNode json;
    private final List<Violation> violations = new ArrayList<>();

    SourceFields(JsonNode json) {
        this.json = json;
        if (!json.isObject()) {
            refuse("", "a source is a JSON object");
        }
    }

    SourceJson.Reading reading(String name) {
        var definition = new SourceDefinition(name, channel(), types(), heartbeat(), expectedDelay(), span("clockSkew"));
        return violations.isEmpty()
                ? new SourceJson.Reading.Readable(definition)
                : new SourceJson.Reading.Invalid(violations.stream().limit(MAX_VIOLATIONS).toList());
    }

    /// The name stands beside the JSON, as `/name` in what is wrong with it.
    void name(String name) {
        var fault = textFault(name);
        if (fault == null && !UriText.isReference(name)) {
            fault = "must be a URI reference (RFC 3986), as in /channels/web";
        }
        if (fault != null) {
            refuse("/name", fault);
        }
    }

    void refuseUnknown() {
        json.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                refuse("/" + field.replace("~", "~0").replace("/", "~1"), "is not a field of a source");
            }
        });
    }

    private @Nullable String channel() {
        return json.hasNonNull("channel") ? text("/channel", json.get("channel")) : null;
    }

    private LinkedHashSet<String> types() {
        var types = new LinkedHashSet<String>();
        var list = json.path("types");
        if (list.isMissingNode() || list.isNull()) {
            return types;
        }
        if (!list.isArray() || list.size() > SourceDefinition.MAX_TYPES) {
            refuse("/types", "must be a list of at most " + SourceDefinition.MAX_TYPES + " types");
            return types;
        }
        for (int i = 0; i < list.size(); i++) {
            var type = text("/types/" + i, list.get(i));
            if (type != null && !types.add(type)) {
                refuse("/types/" + i, "is listed before");
            }
        }
        return types;
    }

    private @Nullable Duration heartbeat() {
        var heartbeat = span("heartbeat");
        if (heartbeat != null && heartbeat.isZero()) {
            refuse("/heartbeat", "must be longer than PT0S: leave it out where the source gives no sign of life");
        }
        return heartbeat;
    }

    private Duration expectedDelay() {
        var delay = span("expectedDelay");
        return delay == null ? Duration.ZERO : delay;
    }

    private @Nullable Duration span(String field) {
        if (!json.hasNonNull(field)) {
            return null;
        }
        var span = ExactDuration.parse(json.get(field).isTextual() ? json.get(field).textValue() : "")
                .filter(duration -> duration.compareTo(SourceDefinition.MAX_SPAN) <= 0);
        if (span.isEmpty()) {
            refuse("/" + field, "must be an exact ISO 8601 duration of at most 30 days, in hours, minutes and seconds, as in PT1H30M");
        }
        return span.orElse(null);
    }

    private @Nullable String text(String pointer, JsonNode value) {
        var fault = value.isTextual() ? textFault(value.textValue()) : "must be a string";
        if (fault != null) {
            refuse(pointer, fault);
            return null;
        }
        return value.textValue();
    }

    private static @Nullable String textFault(String text) {
        if (text.isEmpty() || text.length() > SourceDefinition.MAX_TEXT) {
            return "must have 1 to " + SourceDefinition.MAX_TEXT + " characters";
        }
        return Text.isPlain(text) ? null : "holds a control character, an unpaired surrogate or a noncharacter";
    }

    private void refuse(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
