package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "findings", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "List what was found: where the company contradicted itself, forgot, or let a customer down.")
final class Findings implements Callable<Integer> {
    private static final int PAGE = 500;
    private static final long LOOK_SECONDS = 2;
    private static final int REMEMBERED = 10_000;

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Option(names = "--rule", description = "Of this rule only.")
    private String rule;

    @Option(names = "--status", description = "suspected, open, resolved, withdrawn or dismissed only.")
    private String status;

    @Option(names = "--severity", description = "info, low, medium, high or critical only.")
    private String severity;

    @Option(names = "--person", description = "Of this person only (its token).")
    private String person;

    @Option(names = "--since", converter = Values.Time.class, paramLabel = "TIME",
            description = "Changed since then, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment since;

    @Option(names = "--limit", converter = Values.Count.class, defaultValue = "50", description = "Most findings listed (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--follow", description = "Go on with what is found from now on.")
    private boolean follow;

    @Option(names = "--json", description = "Print each finding as it came, one a line.")
    private boolean json;

    @Option(names = "--zone", converter = Values.Zone.class, description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    Findings(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var api = service.api("analyst");
        var table = new Table(terminal, "CHANGED (" + zone + ")", "SEVERITY", "STATUS", "RULE", "ABOUT", "WHAT");
        var seen = new RecentRevisions();
        var parameters = parameters();
        boolean more = api.forEach("/v1/findings", parameters, "items", limit, finding -> {
            seen.isNew(finding);
            show(finding, table);
        });
        if (!json) {
            table.print();
            sayWhatNext(more, api);
        }
        while (follow) {
            TimeUnit.SECONDS.sleep(LOOK_SECONDS);
            parameters.put("since", seen.latestChange(parameters.get("since")));
            api.forEach("/v1/findings", parameters, "items", REMEMBERED, finding -> {
                if (seen.isNew(finding)) {
                    terminal.say(json ? finding.toString() : String.join("  ", cells(finding)));
                }
            });
        }
        return ExitCode.DONE;
    }

    private Map<String, String> parameters() {
        var parameters = new HashMap<String, String>();
        parameters.put("rule", rule);
        parameters.put("status", status);
        parameters.put("severity", severity);
        parameters.put("person", person);
        parameters.put("since", Moment.in(zone, since, terminal));
        parameters.put("limit", Integer.toString(Math.min(limit, PAGE)));
        return parameters;
    }

    private void sayWhatNext(boolean more, Api api) throws IOException {
        if (more) {
            terminal.sentence("%,d%s are shown. More: --limit N; fewer: --rule, --status, --severity, --person, --since."
                    .formatted(limit, count(api).stream().mapToObj(" of %,d"::formatted).findFirst().orElse("")));
        }
        if (terminal.interactive()) {
            terminal.sentence("The whole journey behind one: ./throughline journey ABOUT. Why: ./throughline explain ABOUT RULE");
        }
    }

    /// Of all findings, or of those of a status; others are not counted anywhere.
    private OptionalLong count(Api api) throws IOException {
        if (rule != null || severity != null || person != null || since != null) {
            return OptionalLong.empty();
        }
        var counts = api.get("/v1/status", Map.of()).path("findings");
        return OptionalLong.of(status != null ? counts.path(status).asLong() : counts.valueStream().mapToLong(JsonNode::asLong).sum());
    }

    private void show(JsonNode finding, Table table) {
        if (json) {
            terminal.say(finding.toString());
        } else {
            table.row((Object[]) cells(finding));
        }
    }

    private String[] cells(JsonNode finding) {
        return new String[] {Times.local(finding.path("changedAt").asText(), zone), Printable.of(finding.path("severity").asText()),
            Printable.of(finding.path("status").asText()), Printable.of(finding.path("rule").asText()),
            Printable.of(finding.path("person").asText(finding.path("subject").asText())),
            Printable.of(finding.path("explanation").asText(finding.path("title").asText()))};
    }

    /// Which revisions were shown lately, and when the last of them came.
    private static final class RecentRevisions {
        private final Map<String, Boolean> shown = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        };
        private String latest;

        boolean isNew(JsonNode finding) {
            var changed = finding.path("changedAt").asText(null);
            if (changed != null && (latest == null || changed.compareTo(latest) > 0)) {
                latest = changed;
            }
            return shown.put(finding.path("id").asText() + "/" + finding.path("revision").asText(), true) == null;
        }

        String latestChange(String otherwise) {
            return latest == null ? otherwise : latest;
        }
    }
}
