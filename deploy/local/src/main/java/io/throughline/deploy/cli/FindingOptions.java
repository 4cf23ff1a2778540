package io.throughline.deploy.cli;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which findings a command is about.
final class FindingOptions {
    @Mixin
    private Kind kind;

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
        var parameters = kind.parameters();
        parameters.put("person", person);
        parameters.put("since", Moment.in(zone, since, terminal));
        parameters.put("from", Moment.in(zone, from, terminal));
        parameters.put("to", Moment.in(zone, to, terminal));
        return parameters;
    }

    boolean isAboutWhenItHappened() {
        return from != null || to != null;
    }

    /// What kind of findings.
    static final class Kind {
        @Option(names = "--rule", description = "Findings of this rule, or any of several, separated by commas.")
        private String rule;

        @Option(names = "--status", description = "Findings that are any of suspected, open, resolved, withdrawn, dismissed, separated by commas.")
        private String status;

        @Option(names = "--severity", description = "Findings that are any of info, low, medium, high, critical, separated by commas.")
        private String severity;

        @Option(names = "--stage", description = "Findings of rules that name this stage.")
        private String stage;

        /// Those not given are `null`.
        Map<String, String> parameters() {
            var parameters = new HashMap<String, String>();
            parameters.put("rule", rule);
            parameters.put("status", status);
            parameters.put("severity", severity);
            parameters.put("stage", stage);
            return parameters;
        }
    }
}
