package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.Leftovers;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackLock;
import io.throughline.deploy.stack.StackStatus.Phase;
import io.throughline.deploy.stack.StackStatus.State;
import io.throughline.deploy.stack.Why;
import io.throughline.deploy.stack.StackStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Show the stack's processes, and how far the projection has got.")
final class Status implements Callable<Integer> {
    /// What seldom happens to a record; each has a column of its name, which a narrow terminal does without where it is 0 throughout.
    private static final List<String> SELDOM = List.of("unreadable", "skipped", "control", "conflicts", "duplicates");

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    @Option(names = "--json", description = "Print both as JSON.")
    private boolean json;

    Status(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var folder = stack.folder();
        var words = StackStatus.read(folder).orElse(null);
        if (words == null || !StackLock.held(folder)) {
            terminal.say(json ? "{\"phase\":\"DOWN\"}" : whyDown(words, folder));
            return ExitCode.NOT_SO;
        }
        var credentials = Credentials.read(folder.credentials());
        var api = new Api(credentials.baseUrl(), credentials.tokens().get("viewer"));
        if (json) {
            printJson(words, api);
        } else {
            printStack(words);
            printProjection(api);
        }
        return words.phase() == Phase.READY ? ExitCode.DONE : ExitCode.NOT_SO;
    }

    private static String whyDown(StackStatus words, StackFolder folder) throws IOException {
        var orphans = Leftovers.running(folder);
        if (!orphans.isEmpty()) {
            return "The supervisor is gone, but these still run: %s. End them with ./throughline down, or start afresh with ./throughline up"
                    .formatted(String.join(", ", orphans));
        }
        // Why it failed comes with what to do.
        return "Throughline is down. " + (words == null || words.message() == null ? "Start it with ./throughline up" : words.message());
    }

    private void printJson(StackStatus words, Api api) throws IOException {
        var answer = Api.JSON.createObjectNode();
        answer.set("stack", words.toJson());
        try {
            answer.set("projection", api.get("/v1/status", Map.of()));
        } catch (IOException e) {
            answer.put("projectionError", Why.of(e));
        }
        terminal.say(answer.toString());
    }

    private void printStack(StackStatus words) {
        terminal.say("Throughline is %s at %s".formatted(words.phase().name().toLowerCase(Locale.ROOT), words.url()));
        var away = words.members().stream().filter(member -> member.state() == State.RESTARTING).map(StackStatus.Member::name).toList();
        if (!away.isEmpty()) {
            terminal.say("Being started again: %s. Why: ./throughline logs %s".formatted(String.join(", ", away), away.getFirst()));
        }
        terminal.say("");
        var table = new Table(terminal, "PROCESS", "STATE", "PID", "PORT", "MANAGEMENT", "UP SINCE", "FOR", "RESTARTS").dispensable("UP SINCE");
        for (var member : words.members()) {
            table.row(member.name(), member.state().name().toLowerCase(Locale.ROOT), member.pid() == 0 ? "" : member.pid(), member.port(), member.managementPort(),
                    member.since() == null ? "" : Times.local(member.since().toString(), ZoneId.systemDefault()),
                    member.since() == null ? "" : Times.since(member.since(), Instant.now()), member.restarts());
        }
        table.print();
    }

    private void printProjection(Api api) {
        terminal.say("");
        try {
            print(api.get("/v1/status", Map.of()));
        } catch (IOException e) {
            terminal.sentence("The projection does not answer: " + Printable.of(Why.of(e)));
        }
    }

    private static boolean isZeroThroughout(JsonNode status, String field) {
        return status.path("checkpoints").valueStream().allMatch(checkpoint -> checkpoint.path(field).asLong() == 0);
    }

    private void print(JsonNode status) {
        var table = new Table(terminal, "PARTITION", "NEXT", "END", "LAG", "PROJECTED", "DUPLICATES", "CONFLICTS", "CONTROL", "UNREADABLE", "SKIPPED");
        SELDOM.stream().filter(fate -> isZeroThroughout(status, fate)).forEach(fate -> table.dispensable(fate.toUpperCase(Locale.ROOT)));
        for (var checkpoint : status.path("checkpoints")) {
            table.row(checkpoint.path("topic").asText() + "-" + checkpoint.path("partition").asText(), checkpoint.path("next").asText(),
                    checkpoint.path("end").asText(), checkpoint.path("lag").asText(), checkpoint.path("projected").asText(),
                    checkpoint.path("duplicates").asText(), checkpoint.path("conflicts").asText(), checkpoint.path("control").asText(),
                    checkpoint.path("unreadable").asText(), checkpoint.path("skipped").asText());
        }
        table.print();
        terminal.say("");
        terminal.sentence(String.format(Locale.ROOT, "%,d touchpoints in %,d journeys; %,d waiting to be evaluated; evaluated as of %s (%s)",
                status.path("touchpoints").asLong(), status.path("journeys").asLong(), status.path("waiting").asLong(),
                Printable.of(Times.local(status.path("meta").path("evaluatedAt").asText("-"), ZoneId.systemDefault())), ZoneId.systemDefault()));
        var findings = new StringBuilder("Findings:");
        status.path("findings").properties().forEach(entry -> findings.append(' ').append(entry.getValue().asText()).append(' ').append(entry.getKey()));
        terminal.say(Printable.of(findings.toString()));
        status.path("warnings").forEach(warning -> terminal.say("WARNING: " + Printable.of(warning.asText())));
    }
}
