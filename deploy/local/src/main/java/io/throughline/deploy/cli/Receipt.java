package io.throughline.deploy.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "receipt", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Say where an event is: its place in the log, its journey, and which rules looked at it.")
final class Receipt implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The event's source, for example /channels/self-service.")
    private String source;

    @Parameters(index = "1", paramLabel = "ID", description = "The event's id.")
    private String id;

    @Option(names = "--position", paramLabel = "P", description = "Its position as the post was answered, for example touchpoints-3:1042.")
    private String position;

    @Option(names = "--json", description = "Print the answer as it came.")
    private boolean json;

    Receipt(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var parameters = new HashMap<String, String>(Map.of("source", source, "id", id));
        parameters.put("position", position);
        var receipt = service.api("analyst").get("/v1/receipts", parameters);
        if (json) {
            terminal.say(receipt.toString());
        } else {
            var facts = new Table(terminal, "RECEIPT", "");
            for (var field : List.of("status", "source", "id", "position", "behind", "standing", "reason", "subject", "person", "journey",
                    "occurredAt", "recordedAt")) {
                if (receipt.hasNonNull(field)) {
                    facts.row(field, receipt.path(field).asText());
                }
            }
            receipt.path("warnings").forEach(warning -> facts.row("warning", warning.path("pointer").asText() + " " + warning.path("detail").asText()));
            facts.print();
            var rules = new Table(terminal, "RULE", "VERSION", "ROLE", "VERDICT");
            receipt.path("rules").forEach(rule -> rules.row(rule.path("rule").asText(), rule.path("version").asText(),
                    rule.path("role").asText(), rule.path("verdict").asText()));
            if (!receipt.path("rules").isEmpty()) {
                terminal.say("");
                rules.print();
            }
        }
        return receipt.path("status").asText().equals("unknown") ? ExitCode.NOT_SO : ExitCode.DONE;
    }
}
