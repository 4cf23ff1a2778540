package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "journeys", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Find journeys by what is in them: a touchpoint of some kind or time, a finding of some rule.")
final class Journeys implements Callable<Integer> {
    private static final int PAGE = 500;

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Mixin
    private FindingOptions.Kind findings;

    @Option(names = "--type", description = "With a touchpoint of this type, or any of several, separated by commas.")
    private String type;

    @Option(names = "--channel", description = "With a touchpoint in this channel, or any of several, separated by commas.")
    private String channel;

    @Option(names = "--source", description = "With a touchpoint of this source.")
    private String source;

    @Option(names = "--from", converter = Values.Time.class, paramLabel = "TIME",
            description = "With a touchpoint then or later, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment from;

    @Option(names = "--to", converter = Values.Time.class, paramLabel = "TIME",
            description = "With a touchpoint before, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment to;

    @Option(names = "--finding", paramLabel = "ID", description = "That this finding is about.")
    private String finding;

    @Option(names = "--limit", converter = Values.Count.class, defaultValue = "50", description = "Most journeys listed (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--csv", description = "Print all of them as CSV.")
    private boolean csv;

    @Option(names = "--json", description = "Print each journey as it came, one a line.")
    private boolean json;

    @Option(names = "--zone", converter = Values.Zone.class, description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    Journeys(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var api = service.api("analyst");
        var parameters = parameters();
        if (csv) {
            api.copy("/v1/journeys", parameters, "text/csv", terminal.out());
            return ExitCode.DONE;
        }
        parameters.put("limit", Integer.toString(Math.min(limit, PAGE)));
        var table = new Table(terminal, "PERSON", "FIRST (" + zone + ")", "LAST", "TOUCHPOINTS", "FINDINGS", "HIGHEST");
        var listed = api.forEach("/v1/journeys", parameters, "items", limit, journey -> show(journey, table));
        if (!json) {
            table.print();
            terminal.sentence(ListEnd.of(listed, "--type, --channel, --rule, --from, --to"));
            if (terminal.interactive()) {
                terminal.sentence("One of them: ./throughline journey PERSON");
            }
        }
        return ExitCode.DONE;
    }

    private void show(JsonNode journey, Table table) {
        if (json) {
            terminal.say(journey.toString());
        } else {
            table.row(journey.path("person").asText(), Times.local(journey.path("firstAt").asText(), zone), Times.local(journey.path("lastAt").asText(), zone),
                    "%,d".formatted(journey.path("touchpoints").asLong()), "%,d".formatted(journey.path("findings").asLong()),
                    journey.path("severity").isTextual() ? journey.path("severity").asText() : "-");
        }
    }

    private Map<String, String> parameters() {
        var parameters = findings.parameters();
        parameters.put("type", type);
        parameters.put("channel", channel);
        parameters.put("source", source);
        parameters.put("from", Moment.in(zone, from, terminal));
        parameters.put("to", Moment.in(zone, to, terminal));
        parameters.put("finding", finding);
        return parameters;
    }
}
