package io.throughline.deploy.cli;

import io.throughline.deploy.stack.Why;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/// All commands, and the one place where what went wrong becomes words and an exit code.
@Command(name = "throughline", mixinStandardHelpOptions = true, version = "Throughline 0.1.0",
        description = "Every interaction a customer has with a company, kept, understood, and put right.",
        subcommands = {Up.class, Down.class, Status.class, Logs.class, Import.class, Journey.class, Journeys.class, Findings.class, Receipt.class,
            Explain.class, Sources.class, SetAside.class, Rules.class, Events.class, Audit.class, Token.class, Doctor.class, Reset.class, Supervise.class,
            Servers.class, Train.class, Secrets.class, ApiFiles.class},
        footer = ExitCode.HELP)
public final class CommandLineInterface {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private CommandLineInterface() {}

    /// Runs one command line.
    /// @return the exit code
    public static int run(String... arguments) {
        return run(Terminal.ofProcess(), arguments);
    }

    static int run(Terminal terminal, String... arguments) {
        return new CommandLine(new CommandLineInterface(), new CommandFactory(terminal))
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler((failure, _, _) -> explain(terminal, failure))
                .execute(arguments);
    }

    private static int explain(Terminal terminal, Exception failure) {
        terminal.complain(switch (failure) {
            case Api.Refused refused -> Printable.ofLines(refused.getMessage());
            case WrongUsage usage -> usage.getMessage();
            default -> Why.of(failure);
        });
        if (System.getenv("THROUGHLINE_TRACE") != null) {
            failure.printStackTrace(terminal.err());
        }
        return switch (failure) {
            case Api.Refused refused when refused.status() == NOT_FOUND -> ExitCode.NOT_SO;
            case Api.Refused refused when refused.status() == BAD_REQUEST -> ExitCode.USAGE;
            case WrongUsage _ -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    /// Gives commands the terminal.
    private record CommandFactory(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Terminal.class) {
                    return type.cast(constructor.newInstance(terminal));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
