package io.throughline.journey.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page about the shipped rules, made of nothing but their files.
final class RulebookPage {

    private static final Pattern SPAN = Pattern.compile("P(?:(\\d+)D|T(\\d+)H|T(\\d+)M)");
    private static final String HEAD = """
            # The shipped rulebook

            Made from the files in `journey-projector/src/main/resources/rulebook`: change those, then write this page anew with
            `mvn -pl journey-projector -am test -Dtest=RulebookPageTest -Dwrite=true -Dsurefire.failIfNoSpecifiedTests=false`. What the fields mean is in
            [the rule language](rules.md). A deadline itself is in time. Each example is run whenever the rulebook is loaded.

            | rule | says | severity | stage | owner | cost |
            |---|---|---|---|---|---|
            """;

    private RulebookPage() {}

    static String of(List<JsonNode> rules) {
        return Stream.concat(
                        Stream.of(rules.stream().map(RulebookPage::row).collect(Collectors.joining("\n", HEAD, "\n"))),
                        rules.stream().map(RulebookPage::chapter))
                .collect(Collectors.joining("\n"));
    }

    private static String row(JsonNode rule) {
        var id = text(rule, "id");
        return "| [`%s`](#%s) | %s | %s | %s | %s | %s |".formatted(
                id, id, text(rule, "title"), text(rule, "severity"), text(rule, "stage"), text(rule, "owner"), cost(rule));
    }

    private static String chapter(JsonNode rule) {
        return """
                ## %s

                **%s.** %s

                It tells: “%s”

                | pattern | deadline | sources | severity | cost | owner |
                |---|---|---|---|---|---|
                | `%s` | %s | %s | %s | %s | %s |

                | example | verdicts |
                |---|---|
                %s
                """.formatted(text(rule, "id"), text(rule, "title"), demand(rule), text(rule, "explain"), text(rule, "pattern"), deadline(rule),
                sources(rule), text(rule, "severity"), cost(rule), text(rule, "owner"), examples(rule));
    }

    /// What the company owes, in a sentence.
    private static String demand(JsonNode rule) {
        var when = selector(rule.path("when"));
        return switch (text(rule, "pattern")) {
            case "response" -> "Every %s must be followed by %s%s%s.".formatted(when, other(rule, "expect"), within(rule), agreeing(rule));
            case "abandonment" -> "Every %s must be completed by %s%s%s%s%s.".formatted(when, other(rule, "expect"),
                    optional(rule, "handover", ", or handed over by "), within(rule), agreeing(rule), optional(rule, "fail", "; it has failed at once with "));
            case "not-succession" -> "After %s there must be no %s%s%s%s.".formatted(
                    when, other(rule, "forbid"), optional(rule, "until", " until "), within(rule), agreeing(rule));
            case "not-precedence" -> "There must be no %s before %s%s%s.".formatted(other(rule, "forbid"), when, within(rule), agreeing(rule));
            case "propagation" -> "Every %s must carry (as `%s`) what the latest %s said (as `%s`)%s.".formatted(when, text(rule, "value"),
                    selector(rule.at("/fact/set")), rule.at("/fact/value").asText(),
                    rule.has("grace") ? ", or what held until at most " + span(text(rule, "grace")) + " before" : "");
            case "contradiction" -> "No two %s%s may differ in `%s` where they differ in `%s`%s.".formatted(
                    when, agreeing(rule), text(rule, "value"), rule.path("across").asText("this.source"), within(rule));
            case "repetition" -> "There must be fewer than %s %s%s%s.".formatted(text(rule, "count"), when, within(rule), agreeing(rule));
            default -> throw new IllegalArgumentException("This page has no sentence for the pattern of " + text(rule, "id") + " yet: add one.");
        };
    }

    private static String other(JsonNode rule, String role) {
        return selector(rule.path(role)) + (rule.has("where") ? " with " + code(rule.path("where")) : "");
    }

    private static String optional(JsonNode rule, String role, String words) {
        return rule.has(role) ? words + selector(rule.path(role)) + agreeing(rule.path(role)) : "";
    }

    private static String agreeing(JsonNode part) {
        return part.has("by") ? " (same " + items(part.path("by")).map(RulebookPage::code).collect(Collectors.joining(", ")) + ")" : "";
    }

    private static String selector(JsonNode selector) {
        return types(selector)
                + (selector.has("source") ? " from " + code(selector.path("source")) : "")
                + (selector.has("channel") ? " on channel " + code(selector.path("channel")) : "")
                + (selector.has("where") ? " where " + code(selector.path("where")) : "");
    }

    private static String types(JsonNode selector) {
        return items(selector.path("type")).map(RulebookPage::code).collect(Collectors.joining(" or "));
    }

    private static String within(JsonNode rule) {
        var within = rule.path("within");
        return within.isMissingNode() ? "" : within.has("until") ? " by " + code(within.path("until")) : " within " + span(within.asText());
    }

    private static String deadline(JsonNode rule) {
        var grace = rule.has("grace") ? span(text(rule, "grace")) + " of grace" : "none";
        var within = rule.path("within");
        return within.isMissingNode() ? grace
                : within.has("until") ? code(within.path("until"))
                : "%s, in %s".formatted(span(within.asText()), text(rule, "zone"));
    }

    private static String span(String iso) {
        var found = SPAN.matcher(iso);
        if (!found.matches()) {
            return "`" + iso + "`";
        }
        var words = List.of("days on the calendar", "hours", "minutes");
        for (int unit = 0; unit < words.size(); unit++) {
            if (found.group(unit + 1) != null) {
                return found.group(unit + 1) + " " + (found.group(unit + 1).equals("1") ? words.get(unit).replaceFirst("s\\b", "") : words.get(unit));
            }
        }
        throw new IllegalStateException("one of the units has matched: " + iso);
    }

    /// Where what it waits for, or holds against an event, comes from.
    private static String sources(JsonNode rule) {
        var asked = Stream.of("/expect", "/forbid", "/fact/set", "/when").map(rule::at).filter(JsonNode::isObject).findFirst().orElseThrow();
        return asked.has("source") ? code(asked.path("source")) : "all that send " + types(asked);
    }

    private static String cost(JsonNode rule) {
        return rule.at("/cost/amount").asText() + " " + rule.at("/cost/currency").asText();
    }

    private static String examples(JsonNode rule) {
        return items(rule.path("examples"))
                .map(example -> "| %s | %s |".formatted(text(example, "name"), verdicts(example.path("expect"))))
                .collect(Collectors.joining("\n"));
    }

    private static String verdicts(JsonNode expect) {
        return expect.isEmpty() ? "not activated" : items(expect).map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    private static Stream<JsonNode> items(JsonNode node) {
        return node.isArray() ? node.valueStream() : Stream.of(node);
    }

    private static String code(JsonNode node) {
        return "`" + node.asText().strip().replaceAll("\\s+", " ") + "`";
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
