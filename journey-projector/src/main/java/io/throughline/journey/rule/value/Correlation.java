package io.throughline.journey.rule.value;

import io.throughline.journey.Touchpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which events speak about the same thing: each path is present and equal on both, or, where optional, equal or missing on both.
///
/// Without paths every event speaks about the same thing.
public record Correlation(List<Part> parts) {

    public static final Correlation NONE = new Correlation(List.of());

    /// @param optional written `data.caseId?`
    public record Part(EventPath path, boolean optional) {

        /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
        public static Part parse(String text) {
            boolean optional = text.endsWith("?");
            return new Part(EventPath.parse(optional ? text.substring(0, text.length() - 1) : text), optional);
        }

        @Override
        public String toString() {
            return optional ? path + "?" : path.toString();
        }
    }

    public Correlation {
        parts = List.copyOf(parts);
    }

    /// Equal for events that correlate; empty where a path is missing that may not be.
    public Optional<String> key(Touchpoint event) {
        return switch (parts.size()) {
            case 0 -> Optional.of("");
            case 1 -> keyOfOne(event, parts.getFirst());
            default -> keyOfAll(event);
        };
    }

    private static Optional<String> keyOfOne(Touchpoint event, Part part) {
        var value = part.path().in(event);
        if (ExactJson.isMissing(value)) {
            return part.optional() ? Optional.of("") : Optional.empty();
        }
        return Optional.of(ExactJson.key(value));
    }

    private Optional<String> keyOfAll(Touchpoint event) {
        var key = new StringBuilder(48);
        for (var part : parts) {
            var value = part.path().in(event);
            if (!ExactJson.isMissing(value)) {
                key.append(ExactJson.key(value));
            } else if (!part.optional()) {
                return Optional.empty();
            }
            key.append('\n');
        }
        return Optional.of(key.toString());
    }

    /// The paths that must be present and are not.
    private List<EventPath> missing(Touchpoint event) {
        return parts.stream().filter(part -> !part.optional()).map(Part::path).filter(path -> ExactJson.isMissing(path.in(event))).toList();
    }

    /// Why an activation has no key, for people.
    public String reason(Touchpoint activation) {
        return "this." + missing(activation).getFirst() + " is missing";
    }

    /// In which fields `other` does not correlate with `event`, for people; names fields, never values.
    public String difference(Touchpoint event, Touchpoint other) {
        return parts.stream()
                .filter(part -> !new Correlation(List.of(part)).correlates(event, other))
                .map(part -> "its " + part.path().name() + (ExactJson.isMissing(part.path().in(other)) ? " is missing" : " differs"))
                .collect(Collectors.joining(", "));
    }

    /// Whether two events speak about the same thing.
    public boolean correlates(Touchpoint left, Touchpoint right) {
        var key = key(left);
        return key.isPresent() && key.equals(key(right));
    }
}
