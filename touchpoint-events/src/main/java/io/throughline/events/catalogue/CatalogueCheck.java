package io.throughline.events.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Money;
import io.throughline.events.Rfc3339;
import io.throughline.events.catalogue.Shape.Field;
import io.throughline.events.json.Violation;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What of an event no rule of the catalogue will read: no fault, for a channel may send what it likes, but probably not what its sender means.
///
/// Pure: the same type and data always get the same warnings. Cheap where nothing is wrong, for every event is checked.
public final class CatalogueCheck {

    /// An event is warned of a few times, not in a report as large as itself.
    public static final int MAX_WARNINGS = 5;
    /// Unknown names of types and fields are asked for again and again; those of a sender of ever new ones are not kept.
    private static final int MAX_REMEMBERED = 4_000;
    private static final int MAX_NAME = 64;
    /// Similar names are looked for so often in one object: a search costs microseconds, and an event may have tens of thousands of fields.
    private static final int MAX_LOOKUPS = 20;

    private static final Map<Lookup, Optional<String>> MEANT = new ConcurrentHashMap<>();

    /// @param pointer to the object that lacks `name`: those of one type may have different fields
    private record Lookup(String type, String pointer, String name) {}

    private CatalogueCheck() {}

    /// @param type the event's type
    /// @param data the event's data, or `null` where it has none
    /// @param registered whether its source has registered exactly this type, so that it is no slip
    public static List<Violation> warnings(String type, @Nullable JsonNode data, boolean registered) {
        var known = Catalogue.find(type);
        var warnings = new Warnings();
        if (known.isEmpty()) {
            unknown(type, data, registered, warnings);
        } else if (data == null || data.isNull()) {
            missing(type, "/data", JsonNodeFactory.instance.objectNode(), known.get().data(), warnings);
        } else if (!(data instanceof ObjectNode object)) {
            warnings.add("/data", "is " + kind(data) + ": " + type + " has an object of fields here, and rules read nothing else");
        } else {
            structure(type, "/data", object, known.get().data(), warnings);
        }
        return warnings.all;
    }

    private static void unknown(String type, @Nullable JsonNode data, boolean registered, Warnings warnings) {
        if (!registered) {
            remembered(new Lookup("", "/type", type), () -> Catalogue.meantBy(type)).ifPresent(meant -> warnings.add("/type", "no rule of the catalogue reads this type: did you mean " + meant
                    + "? A type of your own is kept too; register it with its source, and this is not said again"));
        }
        if (data != null && !data.isNull() && !data.isObject()) {
            warnings.add("/data", "is " + kind(data) + ": rules read fields of an object only");
        }
    }

    private static void structure(String type, String pointer, ObjectNode data, Shape.Structure shape, Warnings warnings) {
        StringBuilder further = null;
        int lookups = 0;
        for (var entry : data.properties()) {
            var field = shape.field(entry.getKey());
            if (field == null) {
                var name = entry.getKey();
                var meant = lookups++ < MAX_LOOKUPS && name.length() <= MAX_NAME
                        ? remembered(new Lookup(type, pointer, name), () -> SimilarName.to(name, shape.names())) : Optional.<String>empty();
                if (meant.isPresent()) {
                    warnings.add(pointer + "/" + clipped(name), "is no field of " + type + ": did you mean " + meant.get() + "?");
                } else {
                    further = listed(further, name);
                }
            } else if (!entry.getValue().isNull()) {
                value(type, pointer, field, entry.getValue(), warnings);
            }
        }
        missing(type, pointer, data, shape, warnings);
        if (further != null) {
            warnings.add(pointer, "has fields that " + type + " has not: " + further + "; they are kept, and no rule of the catalogue reads them");
        }
    }

    /// Channels send more than the catalogue has, in each of their events: that is one warning, of few words.
    private static StringBuilder listed(@Nullable StringBuilder names, String name) {
        if (names == null) {
            return new StringBuilder(MAX_NAME).append(clipped(name));
        }
        return names.length() < 2 * MAX_NAME ? names.append(", ").append(clipped(name)) : names;
    }

    private static Optional<String> remembered(Lookup lookup, Supplier<Optional<String>> search) {
        var known = MEANT.get(lookup);
        if (known == null) {
            known = search.get();
            if (MEANT.size() < MAX_REMEMBERED) {
                MEANT.put(lookup, known);
            }
        }
        return known;
    }

    private static void missing(String type, String pointer, ObjectNode data, Shape.Structure shape, Warnings warnings) {
        for (var field : shape.fields()) {
            if (!field.optional() && !data.hasNonNull(field.name())) {
                warnings.add(pointer + "/" + field.name(), missing(type, field));
            }
        }
    }

    private static void value(String type, String pointer, Field field, JsonNode value, Warnings warnings) {
        if (!fits(field.shape(), value)) {
            warnings.add(pointer + "/" + field.name(), "is " + unfit(field.shape(), value) + ": " + type + " has " + field.shape().words() + " here");
        } else if (field.shape() instanceof Shape.Structure structure) {
            structure(type, pointer + "/" + field.name(), (ObjectNode) value, structure, warnings);
        }
    }

    private static boolean fits(Shape shape, JsonNode value) {
        return switch (shape) {
            case Shape.Text text -> value.isTextual() && (text.oneOf().isEmpty() || text.oneOf().contains(value.textValue()));
            case Shape.WholeNumber _ -> value.isIntegralNumber() && value.canConvertToLong();
            case Shape.Flag _ -> value.isBoolean();
            case Shape.Time _ -> value.isTextual() && isTime(value.textValue());
            case Shape.Amount _ -> isAmount(value);
            case Shape.Structure _ -> value.isObject();
            case Shape.ListOf list -> value.isArray() && (value.isEmpty() || fits(list.items(), value.get(0)));
            case Shape.Anything _ -> true;
        };
    }

    private static boolean isTime(String text) {
        try {
            Rfc3339.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isAmount(JsonNode value) {
        if (!value.path("amount").isTextual() || !value.path("currency").isTextual() || value.path("amount").textValue().length() > MAX_NAME) {
            return false;
        }
        try {
            Money.of(value.path("amount").textValue(), value.path("currency").textValue());
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String missing(String type, Field field) {
        return "is missing: " + type + " has " + field.shape().words() + " here, and rules that need it pass over the event";
    }

    /// The offending value is not repeated.
    private static String unfit(Shape shape, JsonNode value) {
        boolean rightKind = shape instanceof Shape.Text && value.isTextual() || shape instanceof Shape.Time && value.isTextual()
                || shape instanceof Shape.Amount && value.isObject();
        return rightKind ? "another value" : shape instanceof Shape.ListOf && value.isArray() ? "a list of something else" : kind(value);
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a text";
            case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "null";
        };
    }

    private static String clipped(String name) {
        var pointer = name.replace("~", "~0").replace("/", "~1");
        return pointer.length() <= MAX_NAME ? pointer : pointer.substring(0, MAX_NAME) + "…";
    }

    private static final class Warnings {
        private List<Violation> all = List.of();

        void add(String pointer, String detail) {
            if (all.isEmpty()) {
                all = new ArrayList<>(2);
            }
            if (all.size() < MAX_WARNINGS) {
                all.add(new Violation(pointer, detail));
            }
        }
    }
}
