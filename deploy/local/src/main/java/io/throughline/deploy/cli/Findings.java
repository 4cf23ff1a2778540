package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "findings", mixinStandardHelpOptions = true, footer = ExitCode.HELP, subcommands = {FindingsSummary.class, FindingsDismiss.class},
        description = "List what was found: where the company contradicted itself, forgot, or let a customer down.")
final class Findings implements Callable<Integer> {
    private static final int PAGE = 500;
    private static final int REMEMBERED = 10_000;

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Mixin
    private FindingOptions options;

    @Option(names = "--sort", paramLabel = "ORDER", description = "known: as they became known; happened: by when it happened, as with --from or --to.")
    private String sort;

    @Option(names = "--limit", converter = Values.Count.class, defaultValue = "50", description = "Most findings listed (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--follow", description = "Go on with what is found from now on.")
    private boolean follow;

    @Option(names = "--csv", description = "Print all of them as CSV.")
    private boolean csv;

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
        var parameters = options.parameters(zone, terminal);
        parameters.put("zone", zone.getId());
        if (csv) {
            parameters.put("sort", sort);
            api.copy("/v1/findings", parameters, "text/csv", terminal.out());
            return ExitCode.DONE;
        }
        // Before the list is read: what comes meanwhile is in one of both.
        var stream = follow ? new FindingStream(api, Map.copyOf(given(parameters))) : null;
        var seen = new RecentRevisions();
        list(api, new HashMap<>(parameters), seen);
        if (stream != null) {
            stream.follow(finding -> {
                if (seen.isNew(finding)) {
                    terminal.say(json ? finding.toString() : String.join("  ", cells(finding)));
                }
            });
        }
        return ExitCode.DONE;
    }

    private static Map<String, String> given(Map<String, String> parameters) {
        var given = new HashMap<>(parameters);
        given.values().removeIf(Objects::isNull);
        return given;
    }

    private void list(Api api, Map<String, String> parameters, RecentRevisions seen) throws IOException {
        parameters.put("sort", sort);
        parameters.put("limit", Integer.toString(Math.min(limit, PAGE)));
        var table = new Table(terminal, time().heading() + " (" + zone + ")", "SEVERITY", "STATUS", "RULE", "ABOUT", "WHAT");
        var listed = api.forEach("/v1/findings", parameters, "items", limit, finding -> {
            seen.isNew(finding);
            show(finding, table);
        });
        if (!json) {
            table.print();
            terminal.sentence(ListEnd.of(listed, "--rule, --status, --severity, --person, --since, --from, --to"));
            if (terminal.interactive()) {
                terminal.sentence("The whole journey behind one: ./throughline journey ABOUT. Why: ./throughline explain ABOUT RULE");
            }
        }
    }

    /// Which time is shown: the one by which they are sorted.
    private record Time(String heading, String field) {}

    private Time time() {
        boolean happened = sort == null ? options.isAboutWhenItHappened() : sort.equals("happened");
        return happened ? new Time("HAPPENED", "activationAt") : new Time("KNOWN", "knownAt");
    }

    private void show(JsonNode finding, Table table) {
        if (json) {
            terminal.say(finding.toString());
        } else {
            table.row((Object[]) cells(finding));
        }
    }

    private String[] cells(JsonNode finding) {
        return new String[] {Times.local(finding.path(time().field()).asText(), zone), Printable.of(finding.path("severity").asText()),
            Printable.of(finding.path("status").asText()), Printable.of(finding.path("rule").asText()),
            Printable.of(finding.path("person").asText(finding.path("subject").asText())),
            Printable.of(finding.path("explanation").asText(finding.path("title").asText()))};
    }

    /// Which revisions were shown lately.
    private static final class RecentRevisions {
        private final Map<String, Boolean> shown = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        };

        boolean isNew(JsonNode finding) {
            return shown.put(finding.path("id").asText() + "/" + finding.path("person").asText() + "/" + finding.path("revision").asText(), true) == null;
        }
    }
}
