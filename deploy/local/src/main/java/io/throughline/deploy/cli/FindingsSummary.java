package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "summary", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Count what was found, and what those that are open or resolved cost by their rules.")
final class FindingsSummary implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Mixin
    private FindingOptions options;

    @Option(names = "--by", defaultValue = "rule,status", split = ",",
            description = "One or several of rule, status, severity, stage, week (default: ${DEFAULT-VALUE}).")
    private List<String> by;

    @Option(names = "--json", description = "Print the answer as it came.")
    private boolean json;

    @Option(names = "--zone", converter = Values.Zone.class, defaultValue = "UTC",
            description = "Time zone in which weeks begin: a region as in Europe/London, or UTC (default: ${DEFAULT-VALUE}).")
    private ZoneId zone;

    FindingsSummary(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var parameters = options.parameters(zone, terminal);
        parameters.put("by", String.join(",", by));
        parameters.put("zone", zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
        var answer = service.api("analyst").get("/v1/findings/summary", parameters);
        if (json) {
            terminal.say(answer.toString());
            return ExitCode.DONE;
        }
        var headings = new ArrayList<>(by.stream().map(column -> column.toUpperCase(Locale.ROOT)).toList());
        headings.add("FINDINGS");
        headings.add("COST");
        var table = new Table(terminal, headings.toArray(String[]::new));
        answer.path("items").forEach(group -> {
            var cells = new ArrayList<Object>(by.stream().map(column -> group.path(column).isTextual() ? group.path(column).asText() : "-").toList());
            cells.add("%,d".formatted(group.path("findings").asLong()));
            cells.add(cost(group));
            table.row(cells.toArray());
        });
        table.print();
        terminal.sentence("%,d in all. One by one: ./throughline findings, with the same options".formatted(answer.path("findings").asLong()));
        return ExitCode.DONE;
    }

    private static String cost(JsonNode group) {
        return StreamSupport.stream(group.path("cost").spliterator(), false)
                .map(sum -> sum.path("amount").asText() + " " + sum.path("currency").asText()).collect(Collectors.joining(", "));
    }
}
