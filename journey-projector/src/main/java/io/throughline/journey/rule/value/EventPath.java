package io.throughline.journey.rule.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.journey.Touchpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place in an event as rules see events: an attribute such as `source`, or a path into the payload such as `data.addressId`.
///
/// @param attribute one of [#ATTRIBUTES]
/// @param members the names below `data`, outermost first; empty for the others
public record EventPath(String attribute, List<String> members) {

    /// What an event shows to rules. `channel` and `data` may be missing; the others never are.
    public static final Set<String> ATTRIBUTES = Set.of("type", "source", "channel", "id", "time", "recordedTime", "identity", "data");

    /// Fields of the catalogue that may hold what a person wrote or where they live: compared, never shown or copied.
    public static final Set<String> PERSONAL = Set.of("address", "text", "query", "reason", "url", "agent");

    public EventPath {
        if (!ATTRIBUTES.contains(attribute)) {
            throw new IllegalArgumentException("an event has no field \"" + attribute + "\"; it has "
                    + String.join(", ", ATTRIBUTES.stream().sorted().toList()));
        }
        if (members.contains("") || (!attribute.equals("data") && !members.isEmpty())) {
            throw new IllegalArgumentException("a path is an attribute of the event, or data and names with a full stop before each, as in data.addressId");
        }
        members = List.copyOf(members);
    }

    /// @param text as in `data.addressId`
    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    public static EventPath parse(String text) {
        var names = Arrays.asList(text.split("\\.", -1));
        return new EventPath(names.getFirst(), names.subList(1, names.size()));
    }

    public boolean isPersonal() {
        return members.stream().anyMatch(PERSONAL::contains);
    }

    /// What stands there; a missing node where nothing does. JSON `null` comes back as it is.
    public JsonNode in(Touchpoint event) {
        return switch (attribute) {
            case "data" -> payload(event);
            case "type" -> text(event.type());
            case "source" -> text(event.source());
            case "channel" -> text(event.attributes().channel());
            case "id" -> text(event.id());
            case "identity" -> text(event.token().toString());
            case "time" -> text(event.occurredAt().toString());
            case "recordedTime" -> text(event.recordedAt().toString());
            default -> throw new IllegalStateException("the constructor lets no other attribute pass: " + attribute);
        };
    }

    private JsonNode payload(Touchpoint event) {
        JsonNode node = event.payload().json();
        for (int i = 0; i < members.size() && !node.isMissingNode(); i++) {
            node = node.isObject() ? node.path(members.get(i)) : MissingNode.getInstance();
        }
        return node;
    }

    private static JsonNode text(@Nullable String value) {
        return value == null ? MissingNode.getInstance() : TextNode.valueOf(value);
    }

    /// In sentences: what stands below `data`, without it.
    public String name() {
        return members.isEmpty() ? attribute : String.join(".", members);
    }

    @Override
    public String toString() {
        return members.isEmpty() ? attribute : attribute + "." + String.join(".", members);
    }
}
