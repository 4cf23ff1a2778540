package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rules", mixinStandardHelpOptions = true, footer = ExitCode.HELP, subcommands = {RulesShow.class, Rules.Test.class, RulesBacktest.class,
    RulesApply.class, RulesRemove.class},
        description = "List the rules in force.")
final class Rules implements Callable<Integer> {
    static final String PATH = "/v1/rules";

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Option(names = "--json", description = "Print each rule as it came, one a line.")
    private boolean json;

    Rules(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var rules = new ArrayList<JsonNode>();
        service.api("viewer").forEach(PATH, Map.of("limit", "500"), "items", Long.MAX_VALUE, rules::add);
        if (json) {
            rules.forEach(rule -> terminal.say(rule.toString()));
            return ExitCode.DONE;
        }
        var table = new Table(terminal, "RULE", "VERSION", "FROM", "SEVERITY", "PATTERN", "TITLE");
        for (var rule : rules) {
            table.row(rule.path("id").asText(), rule.path("version").asText() + (rule.path("origin").asText().equals("installed") ? " (installed)" : ""),
                    rule.path("activeFrom").asText("").replace("null", ""), rule.path("severity").asText(), rule.path("pattern").asText(),
                    rule.path("title").asText());
        }
        table.print();
        if (terminal.interactive()) {
            terminal.sentence("One of them, as it is written: ./throughline rules show RULE");
        }
        return ExitCode.DONE;
    }

    /// Of one rule, whatever a person calls it.
    static String path(String id) {
        return PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Command(name = "test", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
            description = "Read the rules of a file, or of a folder and the folders in it, and run their examples. Needs neither stack nor server.")
    static final class Test implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "FILE|DIR", description = "A file; or a folder, of which rules and calendars are the *.yaml, *.yml and *.json files.")
        private Path place;

        @Option(names = "--json", description = "Print the report as JSON.")
        private boolean json;

        Test(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            var read = WrittenRules.read(place);
            if (read.areNone()) {
                throw WrittenRules.none(place);
            }
            if (json) {
                var report = Api.JSON.createObjectNode().put("sound", read.areSound());
                report.set("rules", read.rules());
                report.set("faults", read.faults());
                report.set("warnings", read.warnings());
                terminal.say(report.toString());
            } else {
                print(read);
            }
            return read.areSound() ? ExitCode.DONE : ExitCode.NOT_SO;
        }

        private void print(WrittenRules read) {
            var table = new Table(terminal, "", "RULE", "EXAMPLES", "FILE");
            int examples = 0;
            for (var rule : read.rules()) {
                examples += rule.path("examples").size();
                table.row("ok", rule.path("id").asText(), rule.path("examples").size(), rule.path("file").asText() + ":" + rule.path("line").asInt());
            }
            table.print();
            read.complain(terminal);
            terminal.say("");
            terminal.say("Sound rules: %,d. Examples that come out as they say: %,d. Faults: %,d. Warnings: %,d."
                    .formatted(read.rules().size(), examples, read.faults().size(), read.warnings().size()));
        }
    }
}
