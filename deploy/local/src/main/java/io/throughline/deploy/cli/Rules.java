package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "rules", mixinStandardHelpOptions = true, footer = ExitCode.HELP, subcommands = {Rules.Test.class, RulesApply.class},
        description = "List the rules in force.")
final class Rules implements Callable<Integer> {
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
        service.api("viewer").forEach("/v1/rules", Map.of("limit", "500"), "items", Long.MAX_VALUE, rules::add);
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
        return ExitCode.DONE;
    }

    /// A folder given by a person.
    /// @throws CommandLine.ParameterException where it is none
    static Path folder(CommandSpec command, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandLine.ParameterException(command.commandLine(), "There is no folder " + folder);
        }
        return folder;
    }

    @Command(name = "test", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
            description = "Read all rules of a folder and of the folders in it, and run their examples. Needs neither stack nor server.")
    static final class Test implements Callable<Integer> {
        private final Terminal terminal;

        @Spec
        private CommandSpec command;

        @Parameters(paramLabel = "DIR", description = "The folder; rules and calendars are its *.yaml, *.yml and *.json files.")
        private Path folder;

        @Option(names = "--json", description = "Print the report as JSON.")
        private boolean json;

        Test(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            var read = RuleFolder.read(Path.of(System.getProperty("throughline.home", "")), folder(command, folder));
            if (json) {
                var report = Api.JSON.createObjectNode().put("sound", read.isSound());
                report.set("rules", read.rules());
                report.set("faults", read.faults());
                report.set("warnings", read.warnings());
                terminal.say(report.toString());
            } else {
                print(read);
            }
            return read.isSound() ? ExitCode.DONE : ExitCode.NOT_SO;
        }

        private void print(RuleFolder read) {
            var table = new Table(terminal, "", "RULE", "EXAMPLES", "FILE");
            int examples = 0;
            for (var rule : read.rules()) {
                examples += rule.path("examples").size();
                table.row("ok", rule.path("id").asText(), rule.path("examples").size(), rule.path("file").asText() + ":" + rule.path("line").asInt());
            }
            table.print();
            read.complain(terminal);
            terminal.say("");
            terminal.say(read.rules().isEmpty() && read.faults().isEmpty() ? "There are no rules in " + folder + "."
                    : "Sound rules: %,d. Examples that come out as they say: %,d. Faults: %,d. Warnings: %,d."
                            .formatted(read.rules().size(), examples, read.faults().size(), read.warnings().size()));
        }
    }
}
