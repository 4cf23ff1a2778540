package io.throughline.events.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a value of an event's data is made of.
public sealed interface Shape {

    /// @param oneOf the values that it may have; empty where any is welcome
    record Text(List<String> oneOf) implements Shape {
        public Text {
            oneOf = List.copyOf(oneOf);
        }
    }

    record WholeNumber() implements Shape {}

    record Flag() implements Shape {}

    /// RFC 3339, with an offset.
    record Time() implements Shape {}

    /// `{ "amount": "12.50", "currency": "GBP" }`.
    record Amount() implements Shape {}

    record Structure(List<Field> fields) implements Shape {
        public Structure {
            fields = List.copyOf(fields);
        }

        List<String> names() {
            return fields.stream().map(Field::name).toList();
        }

        /// `null` where it has none of that name.
        @Nullable Field field(String name) {
            for (var field : fields) {
                if (field.name().equals(name)) {
                    return field;
                }
            }
            return null;
        }
    }

    record ListOf(Shape items) implements Shape {}

    /// Whatever the channel writes.
    record Anything() implements Shape {}

    /// One field of the data.
    ///
    /// @param meaning for its sender; empty where the name says it
    /// @param example a value as a channel would send it
    record Field(String name, Shape shape, boolean optional, String meaning, JsonNode example) {}

    /// In words, as in "a whole number".
    default String words() {
        return switch (this) {
            case Text text when !text.oneOf().isEmpty() -> "one of " + String.join(", ", text.oneOf());
            case Text _ -> "a text";
            case WholeNumber _ -> "a whole number";
            case Flag _ -> "true or false";
            case Time _ -> "a time (RFC 3339, with an offset)";
            case Amount _ -> "an amount, as in {\"amount\": \"12.50\", \"currency\": \"GBP\"}";
            case Structure _ -> "an object";
            case ListOf _ -> "a list";
            case Anything _ -> "anything";
        };
    }
}
