package io.throughline.deploy.cli;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which findings a command is about.
final class FindingOptions {
    @Option(names = "--rule", description = "Of this rule, or any of several, separated by commas.")
    private String rule;

    @Option(names = "--status", description = "Any of suspected, open, resolved, withdrawn, dismissed, separated by commas.")
    private String status;

    @Option(names = "--severity", description = "Any of info, low, medium, high, critical, separated by commas.")
    private String severity;

    @Option(names = "--stage", description = "Of rules that name this stage only.")
    private String stage;

    @Option(names = "--person", description = "Of this person only (its token).")
    private String person;

    @Option(names = "--since", converter = Values.Time.class, paramLabel = "TIME",
            description = "Changed since then, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment since;

    @Option(names = "--from", converter = Values.Time.class, paramLabel = "TIME",
            description = "Happened then or later, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment from;

    @Option(names = "--to", converter = Values.Time.class, paramLabel = "TIME",
            description = "Happened before, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment to;

    /// Those not given are `null`.
    ///
    /// @param zone of local times, which `terminal` is told how they are taken
    Map<String, String> parameters(ZoneId zone, Terminal terminal) {
        var parameters = new HashMap<String, String>();
        parameters.put("rule", rule);
        parameters.put("status", status);
        parameters.put("severity", severity);
        parameters.put("stage", stage);
        parameters.put("person", person);
        parameters.put("since", Moment.in(zone, since, terminal));
        parameters.put("from", Moment.in(zone, from, terminal));
        parameters.put("to", Moment.in(zone, to, terminal));
        return parameters;
    }

    boolean isAboutWhenItHappened() {
        return from != null || to != null;
    }
}
