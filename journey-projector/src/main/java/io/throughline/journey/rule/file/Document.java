package io.throughline.journey.rule.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads YAML ([CoreYaml]) and JSON into trees that know the line and column of everything in them.
final class Document {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(100).build();
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().streamReadConstraints(LIMITS).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final CoreYaml YAML =
            new CoreYaml(YAMLFactory.builder().streamReadConstraints(LIMITS).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION));
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final JsonParser parser;
    private final Faults faults;
    /// What is being read or, while the next name is looked for, what holds it.
    private String here = "";
    private boolean lookingForName;

    private Document(JsonParser parser, Faults faults) {
        this.parser = parser;
        this.faults = faults;
    }

    /// The documents of one file, each as its root element. What cannot be read is an absent element with a fault. A byte order mark is passed over.
    static List<Element> read(String file, String text) {
        var content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        var roots = new ArrayList<Element>();
        try (var parser = (file.endsWith(".json") ? JSON : YAML).createParser(content)) {
            boolean more = true;
            while (more) {
                var faults = new Faults(file);
                more = new Document(parser, faults).read(roots);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("text in memory can be read", impossible);
        }
        return roots;
    }

    /// @return whether there may be another one
    private boolean read(List<Element> roots) throws IOException {
        try {
            boolean more = parser.nextToken() != null;
            if (more) {
                roots.add(new Element(value(""), "", faults));
            }
            return more;
        } catch (JsonProcessingException unreadable) {
            var place = unreadable.getLocation() == null ? parser.currentLocation() : unreadable.getLocation();
            // A parser of JSON looks at the value as soon as it has the name.
            var name = lookingForName ? parser.getParsingContext().getCurrentName() : null;
            faults.add(place, name == null ? here : here + "/" + escape(name),
                    "cannot be read: " + unreadable.getOriginalMessage().replaceAll("\\s*\\R\\s*", " "));
            roots.add(new Element(JsonNodeFactory.instance.missingNode(), "", faults));
            return false;
        }
    }

    private JsonNode value(String pointer) throws IOException {
        here = pointer;
        faults.place(pointer, parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> list(pointer);
            default -> scalar(pointer);
        };
    }

    private JsonNode object(String pointer) throws IOException {
        var object = JsonNodeFactory.instance.objectNode();
        for (var name = nextName(pointer); name != null; name = nextName(pointer)) {
            var inner = pointer + "/" + escape(name);
            var place = parser.currentTokenLocation();
            here = inner;
            parser.nextToken();
            object.set(name, value(inner));
            faults.place(inner, place); // people look for the name
        }
        return object;
    }

    /// The next name of the object at `pointer`; `null` at its end.
    private @Nullable String nextName(String pointer) throws IOException {
        here = pointer;
        lookingForName = true;
        boolean more = parser.nextToken() != JsonToken.END_OBJECT;
        lookingForName = false;
        return more ? parser.currentName() : null;
    }

    private JsonNode list(String pointer) throws IOException {
        var list = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(pointer + "/" + list.size()));
        }
        return list;
    }

    private JsonNode scalar(String pointer) throws IOException {
        var nodes = JsonNodeFactory.instance;
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            faults.add(pointer, "is an alias of YAML, which a rule may not use");
        }
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(pointer);
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> nodes.textNode(parser.getText());
        };
    }

    private JsonNode decimal(String pointer) throws IOException {
        try {
            return JsonNodeFactory.instance.numberNode(parser.getDecimalValue());
        } catch (NumberFormatException beyond) {
            faults.add(pointer, "has an exponent beyond what an exact number can hold");
            return JsonNodeFactory.instance.nullNode();
        }
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
