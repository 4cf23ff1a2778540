package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", mixinStandardHelpOptions = true, footer = {"", "What it prints is a rule file: ./throughline rules show RULE > rule.yaml", ExitCode.HELP},
        description = "Show a rule as it is in force: which version, since when, what it asks for, and its document.")
final class RulesShow implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "RULE", description = "The rule: its id, as in rules.")
    private String id;

    @Option(names = "--json", description = "Print the answer as it came.")
    private boolean json;

    @Option(names = "--zone", converter = Values.Zone.class, description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    RulesShow(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var api = service.api("viewer");
        var answer = api.get(Rules.path(id), Map.of());
        if (json) {
            terminal.say(answer.toString());
            return ExitCode.DONE;
        }
        var rule = answer.path("rule");
        for (var line : List.of(rule.path("title").asText(), since(api, rule), about(rule), "Pattern %s: %s.".formatted(
                rule.path("pattern").asText(), pattern(api, rule.path("pattern").asText())))) {
            (terminal.interactive() ? Table.wrap(line, terminal.columns() - 2) : List.of(line)).forEach(part -> terminal.say("# " + Printable.of(part)));
        }
        for (var calendar : answer.path("calendars")) {
            terminal.say(Yaml.of(calendar) + "---");
        }
        terminal.say(Yaml.of(answer.path("definition")).stripTrailing());
        return ExitCode.DONE;
    }

    private String since(Api api, JsonNode rule) throws IOException {
        var from = rule.path("activeFrom").isTextual() ? "It governs what was activated from %s on.".formatted(Times.local(rule.path("activeFrom").asText(), zone))
                : "It governs all history.";
        if (rule.path("origin").asText().equals("installed")) {
            return "Version %d, which comes with the installation. %s".formatted(rule.path("version").asInt(), from);
        }
        var last = api.get(Rules.path(id) + "/versions", Map.of("limit", "1")).at("/items/0");
        return "Version %d, in force since %s (%s), by %s. %s".formatted(rule.path("version").asInt(), Times.local(last.path("changedAt").asText(), zone), zone,
                last.path("changedBy").asText(), from);
    }

    private static String about(JsonNode rule) {
        var about = new ArrayList<>(List.of("Severity " + rule.path("severity").asText()));
        if (rule.path("stage").isTextual()) {
            about.add("stage " + rule.path("stage").asText());
        }
        if (rule.path("cost").isObject()) {
            about.add("%s %s each time".formatted(rule.at("/cost/amount").asText(), rule.at("/cost/currency").asText()));
        }
        if (rule.path("owner").isTextual()) {
            about.add("owner " + rule.path("owner").asText());
        }
        return String.join("; ", about) + ".";
    }

    /// In the words of the schema of rule files.
    private static String pattern(Api api, String name) throws IOException {
        var schema = new ByteArrayOutputStream();
        api.copy("/v1/schemas/rule", Map.of(), "application/schema+json", schema);
        return Api.JSON.readTree(schema.toByteArray()).at("/definitions/rule/properties/pattern/oneOf").valueStream()
                .filter(pattern -> pattern.path("const").asText().equals(name)).map(pattern -> pattern.path("description").asText()).findFirst().orElse(name);
    }
}
