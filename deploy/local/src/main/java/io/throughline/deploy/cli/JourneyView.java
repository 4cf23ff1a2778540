package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A journey on a terminal: one line a touchpoint, and below it what the company did wrong there.
final class JourneyView {
    private static final Set<String> SETTLED = Set.of("withdrawn", "dismissed");
    private static final int MAX_DATA = 400;
    private static final String MARK = "  └─ ";

    private final Terminal terminal;
    private final ZoneId zone;

    JourneyView(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    void print(String heading, Journey.Shown journey) {
        var findings = journey.findings();
        terminal.say("%s: %s%s, %s".formatted(terminal.bold(Printable.of(heading)), journey.more() ? "the first " : "",
                count(journey.touchpoints().size(), "touchpoint"),
                findings.size() < journey.findingsCount()
                        ? "%d of %s".formatted(findings.size(), count(journey.findingsCount(), "finding"))
                        : count(findings.size(), "finding")));
        var open = new HashMap<String, List<JsonNode>>();
        findings.forEach(finding -> open.computeIfAbsent(concerned(finding), _ -> new ArrayList<>()).add(finding));
        var table = new Table(terminal, "WHEN (" + zone + ")", "CHANNEL", "TYPE", "DATA");
        for (var touchpoint : journey.touchpoints()) {
            table.row(Times.local(touchpoint.path("occurredAt").asText(), zone), channel(touchpoint), touchpoint.path("type").asText(), data(touchpoint));
            var here = open.remove(key(touchpoint));
            if (here != null) {
                here.forEach(finding -> table.note(MARK, words(finding), style(finding)));
            }
        }
        table.print();
        // Concerning no touchpoint of those shown: the journey as a whole, or one beyond the limit.
        open.values().forEach(rest -> rest.forEach(finding -> Table.note(terminal, MARK, words(finding), style(finding))));
        if (journey.more() || findings.size() < journey.findingsCount()) {
            terminal.say("There is more. Type --limit N or --findings N for it; ./throughline findings lists by rule, status and severity.");
        }
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private UnaryOperator<String> style(JsonNode finding) {
        return SETTLED.contains(finding.path("status").asText()) ? UnaryOperator.identity() : terminal::red;
    }

    private static String words(JsonNode finding) {
        return Printable.of("%s  %s (%s): %s".formatted(finding.path("severity").asText().toUpperCase(Locale.ROOT), finding.path("rule").asText(),
                finding.path("status").asText(), explanation(finding)));
    }

    private static String explanation(JsonNode finding) {
        for (var field : List.of("explanation", "title")) {
            if (finding.path(field).isTextual()) {
                return finding.path(field).asText();
            }
        }
        return finding.path("deadline").path("computed").asText("");
    }

    private static String concerned(JsonNode finding) {
        return key(finding.path("activation").path(0));
    }

    private static String key(JsonNode event) {
        return event.path("source").asText() + "\n" + event.path("id").asText();
    }

    private static String channel(JsonNode touchpoint) {
        return touchpoint.path("channel").asText(touchpoint.path("source").asText());
    }

    /// The leaves of the data, `name=value`, without the structure.
    private static String data(JsonNode touchpoint) {
        var words = new StringBuilder();
        touchpoint.path("data").properties().forEach(field -> describe(field, words));
        return Table.cut(words.toString().strip(), MAX_DATA);
    }

    private static void describe(Map.Entry<String, JsonNode> field, StringBuilder words) {
        if (words.length() > MAX_DATA) {
            return;
        }
        var value = field.getValue();
        if (value.isValueNode()) {
            words.append(' ').append(field.getKey()).append('=').append(value.asText());
        } else {
            words.append(' ').append(field.getKey()).append('=').append(leaves(value));
        }
    }

    private static String leaves(JsonNode value) {
        var leaves = new ArrayList<String>();
        value.forEach(child -> leaves.add(child.isValueNode() ? child.asText() : leaves(child)));
        return String.join(", ", leaves);
    }
}
