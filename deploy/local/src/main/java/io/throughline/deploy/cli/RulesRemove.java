package io.throughline.deploy.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "remove", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Remove a rule that was defined, by rules apply or through the API. Asks first. What comes with the installation cannot be removed; "
                + "of such a rule what was defined over it is, and it is again as it was installed.")
final class RulesRemove implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "RULE", description = "The rule: its id, as in rules.")
    private String id;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print the answer as it came; asks nothing, so it needs --yes to act.")
    private boolean json;

    RulesRemove(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var api = service.api("analyst");
        var rule = api.get(Rules.path(id), Map.of()).path("rule");
        if (rule.path("origin").asText().equals("installed")) {
            throw new IOException(("%s comes with the installation: it cannot be removed, but another version can be put in its place. "
                    + "Begin with ./throughline rules show %s > rule.yaml").formatted(id, id));
        }
        var question = "Remove %s (version %d: %s)? What it found is withdrawn.".formatted(id, rule.path("version").asInt(), Printable.of(rule.path("title").asText()));
        if (!yes && (json || !terminal.agrees(question))) {
            terminal.complain("Nothing was changed.");
            return ExitCode.NOT_SO;
        }
        var answer = api.delete(Rules.path(id), rule.path("version").asLong());
        if (json) {
            terminal.say(answer.toString());
        } else {
            terminal.sentence(answer.path("version").asInt() == 0 ? "Removed. All journeys are evaluated again, and what it found is withdrawn."
                    : "Removed: it is again as it was installed. All journeys are evaluated again.");
        }
        return ExitCode.DONE;
    }
}
