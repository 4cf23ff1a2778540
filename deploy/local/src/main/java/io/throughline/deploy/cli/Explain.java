package io.throughline.deploy.cli;

import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "explain", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Say why a rule found something in a customer's journey, and why not: what came closest, whom it waits for.")
final class Explain implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(index = "0", paramLabel = "IDENTITY", description = Person.HELP)
    private String identity;

    @Parameters(index = "1", arity = "0..1", paramLabel = "RULE", description = "The rule's id, for example promise-broken; with a finding its own.")
    private String rule;

    @Option(names = "--as-of", converter = Values.Time.class, paramLabel = "TIME",
            description = "As it stood then, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment asOf;

    @Option(names = "--zone", converter = Values.Zone.class, description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(names = "--limit", converter = Values.Count.class, defaultValue = "20", description = "Most activations explained (default: ${DEFAULT-VALUE}, at most 500).")
    private int limit;

    @Option(names = "--json", description = "Print the answer as it came.")
    private boolean json;

    Explain(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (rule == null && Person.of(identity) instanceof Person.Identity) {
            throw whichRule();
        }
        var api = service.api("analyst");
        var person = Person.of(identity);
        var asked = rule != null ? rule : person.rule(api).orElseThrow(this::whichRule);
        var journey = person.journey(api);
        var parameters = new HashMap<String, String>();
        parameters.put("rule", asked);
        parameters.put("asOf", Moment.in(zone, asOf, terminal));
        parameters.put("zone", zone.getId());
        parameters.put("limit", Integer.toString(limit));
        var answer = api.get(journey + "/explain", parameters);
        if (json) {
            terminal.say(answer.toString());
        } else {
            answer.path("sentences").forEach(sentence -> terminal.sentence(Printable.of(sentence.asText())));
        }
        return ExitCode.DONE;
    }

    private WrongUsage whichRule() {
        return new WrongUsage("Say which RULE: ./throughline explain %s RULE; ./throughline rules lists them.".formatted(Printable.of(identity)));
    }
}
