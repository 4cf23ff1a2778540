package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes JSON as YAML for people: what is short stands on one line, in braces. Every reader of YAML reads the same values back.
final class Yaml {
    private static final int WIDTH = 110;
    /// Text that cannot be read as a number, a time or syntax, also within braces.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*\\*?( [A-Za-z0-9_./-]+)*");
    /// Of YAML 1.1, too.
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");
    /// What a terminal could take for a command, or YAML for the end of a line; JSON leaves it as it is.
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private Yaml() {}

    /// One document, with the end of its last line.
    static String of(JsonNode document) {
        return document.isObject() && !document.isEmpty() ? block(document, 0).collect(Collectors.joining("\n", "", "\n")) : flow(document) + "\n";
    }

    private static Stream<String> block(JsonNode node, int indent) {
        return node.isObject()
                ? node.propertyStream().flatMap(member -> entry(text(member.getKey()) + ":", member, indent))
                : node.valueStream().flatMap(item -> item(item, indent));
    }

    private static Stream<String> entry(String name, Map.Entry<String, JsonNode> member, int indent) {
        var start = " ".repeat(indent) + name;
        return fits(member.getValue(), start.length() + 1)
                ? Stream.of(start + " " + flow(member.getValue()))
                : Stream.concat(Stream.of(start), block(member.getValue(), indent + 2));
    }

    private static Stream<String> item(JsonNode item, int indent) {
        var start = " ".repeat(indent) + "- ";
        if (fits(item, start.length())) {
            return Stream.of(start + flow(item));
        }
        var lines = block(item, indent + 2).toList();
        return Stream.concat(Stream.of(start + lines.getFirst().substring(indent + 2)), lines.stream().skip(1));
    }

    private static boolean fits(JsonNode node, int start) {
        return !node.isContainerNode() || node.isEmpty() || start + flow(node).length() <= WIDTH;
    }

    private static String flow(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> node.isEmpty() ? "{}" : node.propertyStream().map(member -> text(member.getKey()) + ": " + flow(member.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
            case ARRAY -> node.isEmpty() ? "[]" : node.valueStream().map(Yaml::flow).collect(Collectors.joining(", ", "[ ", " ]"));
            case STRING -> text(node.textValue());
            default -> node.toString();
        };
    }

    private static String text(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        return HIDDEN.matcher(Api.JSON.getNodeFactory().textNode(text).toString()).replaceAll(Yaml::escaped);
    }

    private static String escaped(MatchResult hidden) {
        int codePoint = hidden.group().codePointAt(0);
        return (codePoint > Character.MAX_VALUE ? "\\\\U%08X" : "\\\\u%04X").formatted(codePoint);
    }
}
