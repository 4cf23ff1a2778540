package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "set-aside", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "List the journeys that cannot be evaluated, or not under every rule, and why; evaluate them again.")
final class SetAside implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Option(names = "--retry", arity = "0..1", fallbackValue = "", paramLabel = "PERSON",
            description = "Evaluate this person, or all that are listed as failing, again at once.")
    private String retry;

    @Option(names = "--limit", converter = Values.Count.class, defaultValue = "100", description = "Most journeys listed of each kind (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print each as it came, one a line.")
    private boolean json;

    SetAside(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (retry != null) {
            return retry();
        }
        var failing = new Table(terminal, "PERSON", "FAILURES", "NEXT TRY (" + ZoneId.systemDefault() + ")", "REASON");
        boolean any = list("/v1/status/set-aside", one -> failing.row(one.path("person").asText(), one.path("failures").asText(),
                Times.local(one.path("retryAt").asText(), ZoneId.systemDefault()), one.path("reason").asText()));
        print(failing, any, "No journey fails to be evaluated.");
        var costly = new Table(terminal, "PERSON", "RULE", "VERSION", "REASON");
        any = list("/v1/status/over-budget", one -> costly.row(one.path("person").asText(), one.path("rule").asText(), one.path("ruleVersion").asText(),
                one.path("reason").asText()));
        print(costly, any, "No rule costs too much on any journey.");
        return ExitCode.DONE;
    }

    private boolean list(String path, Consumer<JsonNode> row) throws IOException {
        var any = new boolean[1];
        service.api("viewer").forEach(path, Map.of(), "items", limit, one -> {
            any[0] = true;
            if (json) {
                terminal.say(one.toString());
            } else {
                row.accept(one);
            }
        });
        return any[0];
    }

    private void print(Table table, boolean any, String none) {
        if (json) {
            return;
        }
        if (any) {
            table.print();
        } else {
            terminal.say(none);
        }
        terminal.say("");
    }

    private int retry() throws IOException {
        var request = Api.JSON.createObjectNode();
        if (!retry.isEmpty()) {
            request.put("person", retry);
        }
        var answer = service.api("operator").post("/v1/status/set-aside/retry", "application/json", null, BodyPublishers.ofString(request.toString()));
        int retried = answer.path("retried").asInt();
        terminal.say(retried == 0 ? "Nothing to retry: none of them is set aside." : "To be evaluated again now: " + retried + ".");
        return retried == 0 ? ExitCode.NOT_SO : ExitCode.DONE;
    }
}
