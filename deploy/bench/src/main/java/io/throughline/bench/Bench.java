package io.throughline.bench;

import io.throughline.bench.load.LoadException;
import io.throughline.bench.rules.Rules;
import io.throughline.bench.tables.Tables;
import io.throughline.deploy.cli.ExitCode;
import io.throughline.deploy.cli.Steps;
import io.throughline.deploy.cli.Terminal;
import io.throughline.deploy.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The program behind `./throughline bench`.
@Command(name = "throughline bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measure how fast it is on this machine, beside what the machine could do at best.",
        footer = {"", "It starts servers of its own on free ports, in target/bench, and ends them. A missed target is shown, and is no failure.",
            "%nExit codes: 0 measured; 2 wrong usage; 3 it could not be measured."})
final class Bench implements Callable<Integer> {
    private static final List<Measurement> MEASUREMENTS = List.of(
            new Accepting.Single(), new Accepting.Batches(), new CatchUp(), new Visible(), new HotJourney(), new Searching());

    private final Terminal terminal;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON document, with every round.")
    private boolean json;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each measurement (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these: accept-single, accept-batch, catch-up, visible, hot, search.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--quick", description = "Shorter: for comparing, not for quoting.")
    private boolean quick;

    @Option(names = "--profile", paramLabel = "DIR", description = "Record ingest and projector (JFR) into this folder, and what the database was seen doing.")
    private Path profile;

    private Bench(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        Logger.getLogger("").setLevel(Level.WARNING);
        var terminal = Terminal.ofProcess();
        System.exit(new CommandLine(new Bench(terminal)).addSubcommand(new Tables(terminal)).addSubcommand(new Rules(terminal))
                .setErr(new PrintWriter(terminal.err(), true))
                .setExecutionExceptionHandler((failure, _, _) -> explain(terminal, failure))
                .execute(arguments));
    }

    private static int explain(Terminal terminal, Exception failure) {
        terminal.err().println("It could not be measured. " + switch (failure) {
            case BenchException _, LoadException _, StackException _ -> failure.getMessage();
            default -> failure.toString();
        });
        return ExitCode.FAILED;
    }

    @Override
    public Integer call() throws Exception {
        var chosen = chosen();
        var home = Path.of(System.getProperty("throughline.home", ".")).toAbsolutePath().normalize();
        var plan = plan();
        double loadBefore = Machine.load();
        var measured = new ArrayList<Measured>();
        // Where a program reads the result, progress is told beside it.
        var told = json ? new Terminal(terminal.err(), terminal.err(), terminal.columns()) : terminal;
        try (var rig = Rig.start(home, home.resolve("target/bench").resolve(Long.toString(ProcessHandle.current().pid()))); var steps = Steps.on(told)) {
            var progress = new Progress(steps, chosen.size() * rounds);
            for (var measurement : chosen) {
                measured.addAll(measurement.take(rig, plan, progress));
            }
        }
        var report = new Report(Machine.here(home), plan, loadBefore, Machine.load(), measured);
        if (json) {
            terminal.say(report.json().toPrettyString());
        } else {
            terminal.say("");
            report.print(terminal);
        }
        return ExitCode.DONE;
    }

    private Plan plan() throws IOException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least 1.");
        }
        if (profile != null) {
            profile = Files.createDirectories(profile.toAbsolutePath().normalize());
        }
        return quick ? Plan.quick(rounds, Optional.ofNullable(profile)) : Plan.full(rounds, Optional.ofNullable(profile));
    }

    private List<Measurement> chosen() {
        var names = MEASUREMENTS.stream().map(Measurement::name).collect(Collectors.toCollection(LinkedHashSet::new));
        for (var name : only) {
            if (!names.contains(name)) {
                throw new ParameterException(spec.commandLine(), "There is no measurement \"%s\". There are: %s".formatted(name, String.join(", ", names)));
            }
        }
        return MEASUREMENTS.stream().filter(measurement -> only.isEmpty() || only.contains(measurement.name())).toList();
    }
}
