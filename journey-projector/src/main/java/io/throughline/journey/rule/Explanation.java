package io.throughline.journey.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Rfc3339;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.EventPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A sentence about an activation, with placeholders: `{this.time:date}`, `{this.data.orderId}`, `{other.time}`, `{deadline}`.
///
/// `this` is the activation; `other` is the event beside it that matters most: what met the obligation too late or broke it, the first of
/// what is forbidden, the setting that should have been used, the last statement against it. After a colon `date` or `time` says which
/// part of a moment to show; `deadline` and times of events are shown as moments anyway. Personal fields cannot be named, because
/// parameters are kept with findings.
public final class Explanation {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final int MAX_VALUE_LENGTH = 200;
    /// Bytes of all parameters of one activation, as JSON: they are kept with findings.
    private static final int MAX_PARAMETERS = 8 * 1024;
    private static final int MAX_SENTENCE = 4_000;
    private static final String UNKNOWN = "(unknown)";

    private final String template;
    private final List<Placeholder> placeholders;

    private Explanation(String template, List<Placeholder> placeholders) {
        this.template = template;
        this.placeholders = placeholders;
    }

    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    public static Explanation parse(String template) {
        var placeholders = new ArrayList<Placeholder>();
        var found = PLACEHOLDER.matcher(template);
        while (found.find()) {
            placeholders.add(Placeholder.parse(found.group(1)));
        }
        if (PLACEHOLDER.matcher(template).replaceAll("").matches("(?s).*[{}].*")) {
            throw new IllegalArgumentException(
                    "has a brace that belongs to no placeholder; a placeholder is {deadline}, {this.time:date}, {this.data.field}, {other.time}");
        }
        return new Explanation(template, List.copyOf(placeholders));
    }

    /// What the sentence needs of this activation, by placeholder name. What an event does not have is left out,
    /// and what is more than [#MAX_PARAMETERS].
    Map<String, String> parameters(@Nullable Touchpoint activation, @Nullable Touchpoint other, @Nullable Deadline deadline) {
        var parameters = new LinkedHashMap<String, String>();
        int left = MAX_PARAMETERS;
        for (var placeholder : placeholders) {
            var value = placeholder.value(activation, other, deadline);
            if (value != null && !parameters.containsKey(placeholder.name())) {
                left -= Words.jsonBytes(placeholder.name()) + Words.jsonBytes(value);
                if (left >= 0) {
                    parameters.put(placeholder.name(), value);
                }
            }
        }
        return parameters;
    }

    String render(Map<String, String> parameters, ZoneId zone) {
        var next = placeholders.iterator();
        return Words.clip(PLACEHOLDER.matcher(template).replaceAll(_ -> Matcher.quoteReplacement(next.next().show(parameters, zone))), MAX_SENTENCE);
    }

    @Override
    public String toString() {
        return template;
    }

    /// @param path `null` for the deadline
    private record Placeholder(String name, boolean ofOther, @Nullable EventPath path, Format format) {

        static Placeholder parse(String text) {
            int colon = text.indexOf(':');
            var name = colon < 0 ? text : text.substring(0, colon);
            if (name.equals("deadline")) {
                return new Placeholder(name, false, null, Format.of(text, colon, Format.MOMENT));
            }
            boolean ofOther = name.startsWith("other.");
            if (!ofOther && !name.startsWith("this.")) {
                throw new IllegalArgumentException("knows no {" + name + "}; a placeholder is {deadline}, {this.time:date}, {this.data.field}, {other.time}");
            }
            var path = EventPath.parse(name.substring(name.indexOf('.') + 1));
            if (path.isPersonal() || path.attribute().equals("identity")) {
                throw new IllegalArgumentException("may not show the personal field {" + name + "}: what it shows is kept with findings");
            }
            boolean moment = path.attribute().equals("time") || path.attribute().equals("recordedTime");
            return new Placeholder(name, ofOther, path, Format.of(text, colon, moment ? Format.MOMENT : Format.PLAIN));
        }

        @Nullable String value(@Nullable Touchpoint activation, @Nullable Touchpoint other, @Nullable Deadline deadline) {
            if (path == null) {
                return deadline == null ? null : deadline.at().toString();
            }
            var event = ofOther ? other : activation;
            return event == null ? null : text(path.in(event));
        }

        /// Scalars and money; an object could hide a personal field.
        private static @Nullable String text(JsonNode value) {
            if (value.isObject() && value.path("amount").isValueNode() && value.path("currency").isTextual()) {
                return value.path("amount").asText() + " " + value.path("currency").textValue();
            }
            if (!value.isValueNode() || value.isNull()) {
                return null;
            }
            var text = value.asText();
            boolean fits = text.codePointCount(0, text.length()) <= MAX_VALUE_LENGTH;
            return fits ? text : text.substring(0, text.offsetByCodePoints(0, MAX_VALUE_LENGTH)) + "…";
        }

        String show(Map<String, String> parameters, ZoneId zone) {
            var value = parameters.get(name);
            return value == null ? UNKNOWN : format.show(value, zone);
        }
    }

    private enum Format {
        PLAIN(null), MOMENT("d MMMM uuuu, HH:mm"), DATE("d MMMM uuuu"), TIME("HH:mm");

        private final @Nullable DateTimeFormatter formatter;

        Format(@Nullable String pattern) {
            formatter = pattern == null ? null : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        }

        static Format of(String placeholder, int colon, Format otherwise) {
            if (colon < 0) {
                return otherwise;
            }
            return switch (placeholder.substring(colon + 1)) {
                case "date" -> DATE;
                case "time" -> TIME;
                default -> throw new IllegalArgumentException("shows a moment as :date or :time, not as in {" + placeholder + "}");
            };
        }

        String show(String value, ZoneId zone) {
            if (formatter == null) {
                return value;
            }
            try {
                return formatter.format(Rfc3339.parse(value).toInstant().atZone(zone));
            } catch (DateTimeException _) {
                return value;
            }
        }
    }
}
