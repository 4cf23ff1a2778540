package io.throughline.events.catalogue;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.throughline.events.Money;
import io.throughline.events.catalogue.Shape.Field;
import io.throughline.events.json.EventJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The types of events that the shipped rules and reports understand, described from their records.
public final class Catalogue {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /// By name, in the order of names.
    private static final Map<String, EventType> TYPES = EventCodec.wireNames().stream().map(Catalogue::describe)
            .collect(toMap(EventType::name, Function.identity(), (one, _) -> one, LinkedHashMap::new));

    private Catalogue() {}

    /// All of them, by name.
    public static Collection<EventType> types() {
        return Collections.unmodifiableCollection(TYPES.values());
    }

    public static Optional<EventType> find(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    /// The name that was most probably meant by one that the catalogue does not have: written otherwise, with another version, or misspelt.
    public static Optional<String> meantBy(String name) {
        return SimilarName.to(name, TYPES.keySet());
    }

    private static EventType describe(String name) {
        var type = EventCodec.typeOf(name);
        return new EventType(name, family(type), meaning(type), structure(type));
    }

    private static String meaning(Class<?> type) {
        var meaning = type.getAnnotation(Meaning.class);
        if (meaning == null) {
            throw new IllegalStateException(type.getName() + " has no @Meaning");
        }
        return meaning.value();
    }

    /// As in `profile`, of [ProfileEvent].
    private static String family(Class<?> type) {
        return type.getInterfaces()[0].getSimpleName().replace("Event", "").toLowerCase(Locale.ROOT);
    }

    private static Shape.Structure structure(Class<?> type) {
        return new Shape.Structure(Stream.of(type.getRecordComponents()).map(Catalogue::field).toList());
    }

    private static Field field(RecordComponent component) {
        var meaning = component.getAnnotation(Meaning.class);
        var shape = shape(component.getGenericType(), meaning);
        return new Field(component.getName(), shape, EventCodec.isOptional(component), meaning == null ? "" : meaning.value(),
                example(component.getName(), shape, meaning));
    }

    private static Shape shape(Type type, @Nullable Meaning meaning) {
        if (type == String.class) {
            return new Shape.Text(meaning == null ? List.of() : List.of(meaning.oneOf()));
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return new Shape.WholeNumber();
        } else if (type == boolean.class || type == Boolean.class) {
            return new Shape.Flag();
        } else if (type == OffsetDateTime.class) {
            return new Shape.Time();
        } else if (type == Money.class) {
            return new Shape.Amount();
        } else if (type == JsonNode.class) {
            return new Shape.Anything();
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return new Shape.ListOf(shape(list.getActualTypeArguments()[0], null));
        } else if (type instanceof Class<?> structure && structure.isRecord()) {
            return structure(structure);
        }
        throw new IllegalStateException("the catalogue has no shape for " + type);
    }

    private static JsonNode example(String name, Shape shape, @Nullable Meaning meaning) {
        return switch (shape) {
            case Shape.Text text when !text.oneOf().isEmpty() -> JSON.textNode(text.oneOf().getFirst());
            case Shape.Text _ when meaning != null && !meaning.example().isEmpty() -> JSON.textNode(meaning.example());
            case Shape.Text _ -> JSON.textNode(name.equals("url") ? "https://www.example.org/help/router" : name.charAt(0) + "-1042");
            case Shape.WholeNumber _ -> JSON.numberNode(7);
            case Shape.Flag _ -> JSON.booleanNode(true);
            case Shape.Time _ -> JSON.textNode("2026-03-09T12:00:00+01:00");
            case Shape.Amount _ -> EventJson.mapper().valueToTree(Money.of("12.50", "GBP"));
            case Shape.Structure structure -> {
                var example = JSON.objectNode();
                structure.fields().forEach(field -> example.set(field.name(), field.example()));
                yield example;
            }
            case Shape.ListOf list -> JSON.arrayNode().add(example(name, list.items(), meaning));
            case Shape.Anything _ -> JSON.objectNode().put("product", "lamp").put("quantity", 1);
        };
    }
}
