package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "apply", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Bring the rules in force into step with a folder, or with one file: says what it would do, asks, and does it. Nothing is done unless every rule is sound.")
final class RulesApply implements Callable<Integer> {
    private static final int SERVER_FAILED = 500;

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "FILE|DIR", description = "The file or the folder, as for rules test.")
    private Path place;

    @Option(names = "--prune", description = "Also remove rules that were defined before and are not in the folder.")
    private boolean prune;

    @Option(names = "--remove-all", description = "With --prune and --yes, and a folder without a rule: yes, remove all that were defined.")
    private boolean removeAll;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print plan and result as JSON; asks nothing, so it needs --yes to act.")
    private boolean json;

    RulesApply(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (prune && Files.isRegularFile(place)) {
            throw new WrongUsage("--prune goes by a whole folder: what is not in it is removed. Give the folder of " + place);
        }
        var read = WrittenRules.read(place);
        boolean nothing = read.areNone();
        if (nothing && !prune) {
            throw WrittenRules.none(place);
        }
        if (!nothing && !read.areSound()) {
            read.complain(terminal);
            terminal.complain("The rules are not sound. Nothing was changed.");
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
        boolean agreed = due.isEmpty() || (nothing ? agreesToRemoveAll(due.size()) : agrees("Shall this be done?"));
        if (agreed) {
            act(api, due);
        }
        if (json) {
            terminal.say(Api.JSON.createObjectNode().put("applied", agreed).set("plan", json(plan)).toString());
        } else {
            terminal.say(!agreed ? "Nothing was changed."
                    : due.isEmpty() ? "There is nothing to change."
                    : "Rules changed: %,d. All journeys are evaluated again.".formatted(due.size()));
        }
        return agreed ? ExitCode.DONE : ExitCode.NOT_SO;
    }

    private boolean agrees(String question) {
        return yes || (!json && terminal.agrees(question));
    }

    /// The folder may be the wrong one.
    private boolean agreesToRemoveAll(int rules) {
        if (yes && !removeAll) {
            throw new WrongUsage("There is no rule in %s: this would remove all that were defined, %,d. Add --remove-all if that is meant. Nothing was changed."
                    .formatted(place, rules));
        }
        return agrees("There is no rule in %s. Remove all that were defined, %,d?".formatted(place, rules));
    }

    /// By the server, which may be of another release than the reader here, and knows what sources send.
    private void validate(Api api, JsonNode rule) throws IOException {
        try {
            var valid = api.post(Rules.PATH + "/validate", "application/json", null,
                    HttpRequest.BodyPublishers.ofString(WrittenRules.body(rule.path("value")).toString()));
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
        api.forEach(Rules.PATH, Map.of("limit", "500"), "items", Long.MAX_VALUE, rule -> inForce.put(rule.path("id").asText(), rule));
        var plan = new ArrayList<RuleChange>();
        for (var rule : rules) {
            var id = rule.path("id").asText();
            plan.add(inForce.remove(id) == null
                    ? new RuleChange.New(id, rule.path("value"))
                    : RuleChange.of(id, api.get(Rules.path(id), Map.of()), rule.path("value")));
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

    /// One after the other: what fails ends it, and it is said how far it came.
    private static void act(Api api, List<RuleChange> due) throws IOException {
        for (int done = 0; done < due.size(); done++) {
            var change = due.get(done);
            try {
                act(api, change);
            } catch (IOException failure) {
                var what = failure instanceof Api.Refused refused && refused.status() < SERVER_FAILED ? "was not changed" : "may or may not be changed";
                throw new IOException("%,d of %,d changes were made. %s %s, and those after it were not; run this again. %s"
                        .formatted(done, due.size(), change.id(), what, failure.getMessage()), failure);
            }
        }
    }

    private static void act(Api api, RuleChange change) throws IOException {
        var path = Rules.path(change.id());
        switch (change) {
            case RuleChange.New fresh -> api.put(path, 0, WrittenRules.body(fresh.value()));
            case RuleChange.Changed changed -> api.put(path, changed.version(), WrittenRules.body(changed.value()));
            case RuleChange.Removed removed -> api.delete(path, removed.version());
            case RuleChange.Unchanged _ -> { } // as it should be
        }
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
