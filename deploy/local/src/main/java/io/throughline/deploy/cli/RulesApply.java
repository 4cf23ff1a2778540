package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "apply", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Bring the rules in force into step with a folder: says what it would do, asks, and does it. Nothing is done unless every rule is sound.")
final class RulesApply implements Callable<Integer> {
    private static final String RULES = "/v1/rules";

    private final Terminal terminal;

    @Spec
    private CommandSpec command;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "DIR", description = "The folder, as for rules test.")
    private Path folder;

    @Option(names = "--prune", description = "Also remove rules that were defined before and are not in the folder.")
    private boolean prune;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print plan and result as JSON; asks nothing, so it needs --yes to act.")
    private boolean json;

    RulesApply(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var read = RuleFolder.read(Path.of(System.getProperty("throughline.home", "")), Rules.folder(command, folder));
        if (!read.isSound()) {
            read.complain(terminal);
            terminal.complain(read.faults().isEmpty() ? "There are no rules in " + folder + ". Nothing was changed."
                    : "The rules are not sound. Nothing was changed.");
            return ExitCode.NOT_SO;
        }
        var api = service.api("analyst");
        for (var rule : read.rules()) {
            validate(api, rule);
        }
        var plan = plan(api, read.rules());
        var due = plan.stream().filter(change -> !(change instanceof RuleChange.Unchanged)).toList();
        if (!json) {
            print(plan);
        }
        boolean agreed = due.isEmpty() || yes || (!json && terminal.agrees("Shall this be done?"));
        if (agreed) {
            for (var change : due) {
                act(api, change);
            }
        }
        if (json) {
            terminal.say(Api.JSON.createObjectNode().put("applied", agreed).set("plan", json(plan)).toString());
        } else {
            terminal.say(!agreed ? "Nothing was changed."
                    : due.isEmpty() ? "There is nothing to change."
                    : "Rules changed: %,d. Everyone is judged anew.".formatted(due.size()));
        }
        return agreed ? ExitCode.DONE : ExitCode.NOT_SO;
    }

    /// By the server, which may be of another release than the reader here, and knows what sources send.
    private void validate(Api api, JsonNode rule) throws IOException {
        try {
            var valid = api.post(RULES + "/validate", "application/json", null, HttpRequest.BodyPublishers.ofString(body(rule.path("value")).toString()));
            if (!json) {
                valid.path("warnings").forEach(warning -> terminal.say("warning  " + Printable.of("%s (%s) %s: %s".formatted(
                        rule.path("id").asText(), rule.path("file").asText(), warning.path("pointer").asText(), warning.path("detail").asText()))));
            }
        } catch (Api.Refused refused) {
            throw new IOException("The server refuses %s of %s. Nothing was changed. %s".formatted(
                    rule.path("id").asText(), rule.path("file").asText(), refused.getMessage()), refused);
        }
    }

    private List<RuleChange> plan(Api api, JsonNode rules) throws IOException {
        var inForce = new TreeMap<String, JsonNode>();
        api.forEach(RULES, Map.of("limit", "500"), "items", Long.MAX_VALUE, rule -> inForce.put(rule.path("id").asText(), rule));
        var plan = new ArrayList<RuleChange>();
        for (var rule : rules) {
            var id = rule.path("id").asText();
            plan.add(inForce.remove(id) == null
                    ? new RuleChange.New(id, rule.path("value"))
                    : RuleChange.of(id, api.get(RULES + "/" + id, Map.of()), rule.path("value")));
        }
        if (prune) {
            inForce.values().stream().filter(rule -> rule.path("origin").asText().equals("defined"))
                    .forEach(rule -> plan.add(new RuleChange.Removed(rule.path("id").asText(), rule.path("version").asLong())));
        }
        return plan;
    }

    private void print(List<RuleChange> plan) {
        var table = new Table(terminal, "", "RULE", "WHAT");
        for (var change : plan) {
            var what = change instanceof RuleChange.Changed changed ? changed.differences() : List.of("");
            for (int i = 0; i < what.size(); i++) {
                table.row(i == 0 ? change.word() : "", i == 0 ? change.id() : "", what.get(i));
            }
        }
        table.print();
    }

    private static void act(Api api, RuleChange change) throws IOException {
        var path = RULES + "/" + change.id();
        try {
            switch (change) {
                case RuleChange.New fresh -> api.put(path, 0, body(fresh.value()));
                case RuleChange.Changed changed -> api.put(path, changed.version(), body(changed.value()));
                case RuleChange.Removed removed -> api.delete(path, removed.version());
                case RuleChange.Unchanged _ -> { } // as it should be
            }
        } catch (Api.Refused refused) {
            throw new IOException("%s was not changed, nor were those after it in the plan; those before it were. Run this again. %s"
                    .formatted(change.id(), refused.getMessage()), refused);
        }
    }

    /// A body holds one rule, with the calendars that it names beside it.
    private static ArrayNode body(JsonNode value) {
        var body = Api.JSON.createArrayNode();
        value.path("calendars").forEach(body::add);
        return body.add(value.path("rule"));
    }

    private static ArrayNode json(List<RuleChange> plan) {
        var json = Api.JSON.createArrayNode();
        for (var change : plan) {
            var entry = json.addObject().put("id", change.id()).put("change", change.word());
            if (change instanceof RuleChange.Changed changed) {
                var differences = entry.putArray("differences");
                changed.differences().forEach(differences::add);
            }
        }
        return json;
    }
}
