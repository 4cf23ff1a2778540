package io.throughline.journey.rule.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A place in a document, present or not. What is wrong there is noted, and reading goes on with `null` in its stead.
record Element(JsonNode node, String pointer, Faults faults) {

    boolean isPresent() {
        return !node.isMissingNode();
    }

    /// Whether the document of which this is the root says nothing, or is a list of nothing. What could not be read is not empty.
    boolean isEmptyDocument() {
        return faults.count() == 0 && (node.isNull() || node.isArray() && node.isEmpty());
    }

    Element at(String name) {
        var member = node.isObject() ? node.path(name) : MissingNode.getInstance();
        return new Element(member, pointer + "/" + Document.escape(name), faults);
    }

    /// The elements of a list; what is no list counts as a list of one.
    List<Element> items() {
        if (!node.isArray()) {
            return isPresent() ? List.of(this) : List.of();
        }
        return IntStream.range(0, node.size()).mapToObj(i -> new Element(node.get(i), pointer + "/" + i, faults)).toList();
    }

    /// Notes that it is missing, unless it is there.
    Element required(String expected) {
        if (!isPresent()) {
            fault("is required: " + expected);
        }
        return this;
    }

    /// Notes every member that is none of these.
    void permits(Set<String> names) {
        if (!node.isObject()) {
            fault("must be an object with " + listed(names));
            return;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                at(name).fault("is unknown here; known are " + listed(names));
            }
        });
    }

    private static String listed(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    @Nullable String text(int limit) {
        return parsed(limit, Function.identity());
    }

    /// What `parser` makes of the text here; `null` where it is missing, or refused with an exception whose message says why.
    <T> @Nullable T parsed(int limit, Function<String, T> parser) {
        if (!isPresent()) {
            return null;
        }
        if (!node.isTextual()) {
            fault("must be text");
            return null;
        }
        return parsed(node.textValue(), limit, parser);
    }

    /// As [#parsed], where a number, true or false may also stand without quotes.
    <T> @Nullable T parsedScalar(int limit, Function<String, T> parser) {
        return node.isNumber() || node.isBoolean() ? parsed(node.asText(), limit, parser) : parsed(limit, parser);
    }

    private <T> @Nullable T parsed(String text, int limit, Function<String, T> parser) {
        if (text.isBlank() || text.length() > limit) {
            fault("must have 1 to " + limit + " characters");
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException refused) {
            fault(refused.getMessage());
            return null;
        }
    }

    /// A whole number in these bounds.
    @Nullable Integer whole(int least, int most) {
        if (!isPresent()) {
            return null;
        }
        boolean whole = node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least && node.intValue() <= most;
        if (!whole) {
            fault("must be a whole number from " + least + " to " + most);
        }
        return whole ? node.intValue() : null;
    }

    /// True or false; false where it is missing.
    boolean flag() {
        if (isPresent() && !node.isBoolean()) {
            fault("must be true or false");
        }
        return node.booleanValue();
    }

    /// Where it stands in its file, from 1; 0 where that is unknown.
    int line() {
        return faults.line(pointer);
    }

    void fault(String detail) {
        faults.add(pointer, detail);
    }
}
