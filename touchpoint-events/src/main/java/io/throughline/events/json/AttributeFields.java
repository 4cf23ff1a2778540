package io.throughline.events.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.AttributeLimits;
import io.throughline.events.Identity;
import io.throughline.events.KnownTime;
import io.throughline.events.Rfc3339;
import io.throughline.events.Text;
import io.throughline.events.UriText;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of one CloudEvent in JSON, read one by one; what is wrong is collected, not thrown, so that a sender learns all
/// of it at once.
final class AttributeFields {

    private static final Set<String> KNOWN = Set.of("specversion", "id", "source", "type", "subject", "time", "channel", "sequence",
            "correlationid", "causationid", "resubmissionof", "dataschema", KnownTime.ATTRIBUTE, "datacontenttype", "data", "data_base64");
    /// Set by us on the log; a channel that set them could pass for us.
    private static final Set<String> RESERVED = Set.of("identityns", "contenthash");
    private static final Pattern JSON_CONTENT = Pattern.compile("application/([a-z0-9.-]+\\+)?json(\\s*;.*)?", Pattern.CASE_INSENSITIVE);

    private final JsonNode json;
    private final List<Violation> violations = new ArrayList<>();

    AttributeFields(JsonNode json) {
        this.json = json;
        if (!json.isObject()) {
            violations.add(new Violation("", json.isArray()
                    ? "is a JSON array, where one event is a JSON object: an array of events is sent as application/cloudevents-batch+json"
                    : "a CloudEvent is a JSON object"));
        }
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    void specVersion() {
        var version = required("specversion", AttributeLimits.MAX_NAME);
        if (version != null && !version.equals("1.0")) {
            refuse("/specversion", "must be \"1.0\"");
        }
    }

    @Nullable String id() {
        return required("id", AttributeLimits.MAX_NAME);
    }

    @Nullable String type() {
        return required("type", AttributeLimits.MAX_NAME);
    }

    @Nullable String source() {
        var source = required("source", AttributeLimits.MAX_NAME);
        if (source != null && !UriText.isReference(source)) {
            refuse("/source", "must be a URI reference (RFC 3986, in ASCII), as in /channels/self-service");
        }
        return source;
    }

    @Nullable OffsetDateTime time() {
        var text = required("time", AttributeLimits.MAX_VALUE);
        if (text == null) {
            return null;
        }
        try {
            var time = Rfc3339.parse(text);
            if (AttributeLimits.isTime(time)) {
                return time;
            }
            refuse("/time", "must lie in the years " + AttributeLimits.MIN_YEAR + " to " + AttributeLimits.MAX_YEAR);
        } catch (DateTimeException wrong) {
            refuse("/time", "must be a time with an offset (RFC 3339), as in 2026-03-02T18:12:00Z: it " + wrong.getMessage());
        }
        return null;
    }

    @Nullable Identity subject() {
        var text = required("subject", Identity.MAX_LENGTH);
        if (text == null) {
            return null;
        }
        try {
            return Identity.parse(text);
        } catch (IllegalArgumentException refused) {
            refuse("/subject", refused.getMessage());
            return null;
        }
    }

    @Nullable String optional(String name) {
        return json.hasNonNull(name) ? required(name, AttributeLimits.MAX_VALUE) : null;
    }

    @Nullable String dataSchema() {
        var schema = optional("dataschema");
        if (schema != null && !UriText.isAbsolute(schema)) {
            refuse("/dataschema", "must be an absolute URI without a fragment (RFC 3986, section 4.3), as in https://example.org/schemas/a.json");
        }
        return schema;
    }

    /// @param occurred the event's own time; `null` where that could not be read
    KnownTime knownTime(@Nullable OffsetDateTime occurred) {
        var text = optional(KnownTime.ATTRIBUTE);
        try {
            return text == null ? KnownTime.WHEN_RECORDED : KnownTime.parse(text, occurred);
        } catch (DateTimeException wrong) {
            refuse("/" + KnownTime.ATTRIBUTE, "must be \"unknown\" or a time with an offset (RFC 3339), as in 2026-03-02T18:12:00Z: it " + wrong.getMessage());
            return KnownTime.WHEN_RECORDED;
        }
    }

    SortedMap<String, String> extensions() {
        var extensions = new TreeMap<String, String>();
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name) && !json.get(name).isNull()) {
                extension(name, json.get(name), extensions);
            }
        });
        if (extensions.size() > AttributeLimits.MAX_EXTENSIONS) {
            refuse("", "has more than " + AttributeLimits.MAX_EXTENSIONS + " extension attributes");
        }
        return extensions;
    }

    private void extension(String name, JsonNode value, SortedMap<String, String> extensions) {
        String pointer = pointer(name);
        if (RESERVED.contains(name)) {
            refuse(pointer, "is set by Throughline itself and cannot be sent");
        } else if (!AttributeLimits.isExtensionName(name)) {
            refuse(pointer, "is not a CloudEvents attribute name (lower-case letters and digits); event content belongs into \"data\"");
        } else if (value.isContainerNode() || value.isNumber() && !value.isInt()) {
            refuse(pointer, "an extension attribute is a string, a boolean, or an integer of 32 bits; send other numbers as strings");
        } else if (value.isTextual()) {
            var text = text(name, value, AttributeLimits.MAX_VALUE);
            if (text != null) {
                extensions.put(name, text);
            }
        } else {
            extensions.put(name, value.asText());
        }
    }

    @Nullable JsonNode data() {
        var contentType = json.get("datacontenttype");
        if (contentType != null && !contentType.isNull()
                && !(contentType.isTextual() && isJson(contentType.textValue()))) {
            refuse("/datacontenttype", "must be application/json or end with +json: rules read the data as JSON");
            return null;
        }
        boolean inline = json.hasNonNull("data");
        boolean encoded = json.hasNonNull("data_base64");
        if (inline && encoded) {
            refuse("/data_base64", "cannot stand beside \"data\"");
            return null;
        }
        var data = inline ? json.get("data") : encoded ? decoded(json.get("data_base64")) : null;
        if (data != null) {
            check(() -> encoded ? "/data_base64" : "/data", data);
        }
        return data;
    }

    private @Nullable JsonNode decoded(JsonNode base64) {
        if (!base64.isTextual()) {
            refuse("/data_base64", "must be a string, the data in Base64 (RFC 4648)");
            return null;
        }
        try {
            // From text, not from bytes: of those a parser would guess the encoding, and pass overlong forms.
            var text = Text.ofUtf8(Base64.getDecoder().decode(base64.textValue()));
            var data = text == null ? null : EventJson.mapper().readTree(text);
            if (data != null && !data.isMissingNode()) {
                return data.isNull() ? null : data;
            }
            refuse("/data_base64", text == null ? "holds bytes that are not UTF-8, as JSON must be" : "holds nothing, which is not JSON");
        } catch (JsonProcessingException _) {
            refuse("/data_base64", "does not hold well-formed JSON within the limits of an event");
        } catch (IllegalArgumentException _) {
            refuse("/data_base64", "is not Base64 (RFC 4648)");
        }
        return null;
    }

    private static boolean isJson(String contentType) {
        return contentType.equals("application/json") || JSON_CONTENT.matcher(contentType).matches();
    }

    /// @param pointer to the value; asked for only where something is wrong, because building it costs more than looking
    private void check(Supplier<String> pointer, JsonNode value) {
        switch (value.getNodeType()) {
            case STRING -> {
                if (!Text.isStorable(value.textValue())) {
                    refuse(pointer.get(), "holds a NUL character or an unpaired surrogate, which is not text");
                }
            }
            case NUMBER -> {
                if (!isOfUsualSize(value)) {
                    refuse(pointer.get(), "is a number outside the range of a double (about 1e-307 to 1e308); send it as text");
                }
            }
            case OBJECT -> value.forEachEntry((name, member) -> {
                if (!Text.isStorable(name)) {
                    refuse(pointer.get(), "has a field name with a NUL character or an unpaired surrogate, which is not text");
                }
                check(() -> pointer.get() + pointer(name), member);
            });
            case ARRAY -> {
                for (int i = 0; i < value.size(); i++) {
                    int place = i;
                    check(() -> pointer.get() + "/" + place, value.get(i));
                }
            }
            default -> {}
        }
    }

    private static boolean isOfUsualSize(JsonNode number) {
        if (number.isInt() || number.isLong()) {
            return true;
        }
        var decimal = number.decimalValue();
        long magnitude = (long) decimal.precision() - decimal.scale();
        return decimal.signum() == 0 || (magnitude <= 308 && magnitude > -307);
    }

    private @Nullable String required(String name, int limit) {
        var value = json.get(name);
        if (value == null || value.isNull()) {
            if (json.isObject()) {
                refuse(pointer(name), "is required");
            }
            return null;
        }
        var text = text(name, value, limit);
        if (text != null && text.isEmpty()) {
            refuse(pointer(name), "must not be empty");
            return null;
        }
        return text;
    }

    private @Nullable String text(String name, JsonNode value, int limit) {
        if (!value.isTextual()) {
            refuse(pointer(name), "must be a string");
        } else if (value.textValue().length() > limit) {
            refuse(pointer(name), "has more than " + limit + " characters");
        } else if (!Text.isPlain(value.textValue())) {
            refuse(pointer(name), "holds a control character, an unpaired surrogate or a noncharacter");
        } else {
            return value.textValue();
        }
        return null;
    }

    private void refuse(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
