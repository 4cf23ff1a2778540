package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "backtest", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Say what rules would find in all that happened, whether they are in force or only written. Changes nothing. Ctrl-C ends it early.")
final class RulesBacktest implements Callable<Integer> {
    private static final long LOOK_MILLIS = 250;

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "FILE|DIR|RULE", description = "A file or a folder of rules, as for rules test; or the id of a rule in force.")
    private String what;

    @Option(names = "--as-of", converter = Values.Time.class, paramLabel = "TIME",
            description = "As it stood then, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment asOf;

    @Option(names = "--from", converter = Values.Time.class, paramLabel = "TIME", description = "Only what was activated then or later.")
    private Moment from;

    @Option(names = "--to", converter = Values.Time.class, paramLabel = "TIME", description = "Only what was activated before.")
    private Moment to;

    @Option(names = "--source", description = "Only what was activated by an event of this source.")
    private String source;

    @Option(names = "--json", description = "Print the result of each rule as it came, one a line.")
    private boolean json;

    @Option(names = "--zone", converter = Values.Zone.class, description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    private volatile String running;

    RulesBacktest(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param definition what it says; `null` of a rule in force
    private record Subject(String id, String definition) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        var subjects = new ArrayList<Subject>();
        if (!exists(what)) {
            if (!what.matches("[A-Za-z0-9_-]+")) {
                throw new WrongUsage("There is no file and no folder %s, and no rule is called so.".formatted(Printable.of(what)));
            }
            subjects.add(new Subject(what, null));
        } else {
            var read = WrittenRules.read(Path.of(what));
            if (read.areNone()) {
                throw WrittenRules.none(Path.of(what));
            }
            if (!read.areSound()) {
                read.complain(terminal);
                terminal.complain("The rules are not sound. Nothing was tested.");
                return ExitCode.NOT_SO;
            }
            read.rules().forEach(rule -> subjects.add(new Subject(rule.path("id").asText(), WrittenRules.body(rule.path("value")).toString())));
        }
        var api = service.api("analyst");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cancel(api)));
        var results = run(api, subjects);
        if (json) {
            results.forEach(result -> terminal.say(result.toString()));
        } else {
            print(results);
        }
        return results.stream().allMatch(RulesBacktest::isDone) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean exists(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static boolean isDone(JsonNode result) {
        return result.path("status").asText().equals("done");
    }

    private List<JsonNode> run(Api api, List<Subject> subjects) throws IOException, InterruptedException {
        var request = Api.JSON.createObjectNode().put("asOf", Moment.in(zone, asOf, terminal)).put("from", Moment.in(zone, from, terminal))
                .put("to", Moment.in(zone, to, terminal)).put("source", source);
        var results = new ArrayList<JsonNode>();
        try (var steps = Steps.on(terminal)) {
            for (var subject : subjects) {
                var place = subjects.size() == 1 ? "" : " (rule %,d of %,d)".formatted(results.size() + 1, subjects.size());
                results.add(run(api, subject, request.put("definition", subject.definition()).toString(), "persons judged by " + subject.id() + place, steps));
            }
        }
        return results;
    }

    private JsonNode run(Api api, Subject subject, String request, String doing, Steps steps) throws IOException, InterruptedException {
        var result = api.post(Rules.path(subject.id()) + "/backtests", "application/json", null, HttpRequest.BodyPublishers.ofString(request));
        running = "/v1/backtests/" + result.path("id").asText();
        while (result.path("status").asText().equals("running")) {
            steps.show(result.path("journeys").asLong(), result.path("journeysInAll").asLong(), doing);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            result = api.get(running, Map.of());
        }
        running = null;
        return result;
    }

    /// Who ends us ends the back-test, too.
    private void cancel(Api api) {
        try {
            if (running != null) {
                api.delete(running);
            }
        } catch (IOException _) {
            // It ends by itself.
        }
    }

    private void print(List<JsonNode> results) {
        var table = new Table(terminal, "RULE", "PERSONS", "OPEN", "RESOLVED", "SUSPECTED", "COST");
        results.forEach(result -> table.row(result.path("rule").asText(), "%,d".formatted(result.path("journeysAffected").asLong()),
                "%,d".formatted(result.at("/findings/open").asLong()), "%,d".formatted(result.at("/findings/resolved").asLong()),
                "%,d".formatted(result.at("/findings/suspected").asLong()),
                result.path("cost").isObject() ? result.at("/cost/amount").asText() + " " + result.at("/cost/currency").asText() : "-"));
        table.print();
        results.forEach(this::printExamples);
        terminal.say("");
        var last = results.getLast();
        terminal.sentence("Judged as of %s (%s): %,d persons. PERSONS are those with an open or resolved finding. Nothing was changed.".formatted(
                Times.local(last.path("asOf").asText(), zone), zone, last.path("journeys").asLong()));
        for (var result : results) {
            if (result.path("journeysOverrun").asLong() > 0) {
                terminal.sentence("Of %,d persons %s costs more to judge than a rule may: not all is known of them.".formatted(
                        result.path("journeysOverrun").asLong(), result.path("rule").asText()));
            }
            if (!isDone(result)) {
                terminal.complain("%s: %s after %,d persons. %s".formatted(result.path("rule").asText(), result.path("status").asText(),
                        result.path("journeys").asLong(), result.path("failure").asText("")));
            }
        }
    }

    private void printExamples(JsonNode result) {
        if (!result.path("examples").isEmpty()) {
            terminal.say("");
            var table = new Table(terminal, "ABOUT", "HAPPENED (" + zone + ")", "STATUS", "WHAT " + result.path("rule").asText() + " SAYS, FOR EXAMPLE");
            result.path("examples").forEach(example -> table.row(example.path("person").asText(), Times.local(example.path("activationAt").asText(), zone),
                    example.path("status").asText(), example.path("explanation").asText()));
            table.print();
        }
    }
}
