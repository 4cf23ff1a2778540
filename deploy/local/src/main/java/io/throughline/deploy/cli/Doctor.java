package io.throughline.deploy.cli;

import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.stack.Leftovers;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackLock;
import io.throughline.deploy.stack.StackStatus;
import io.throughline.deploy.stack.StackStatus.Phase;
import io.throughline.deploy.stack.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "doctor", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Look at this machine and at the stack: what is wrong, and the cure. Changes nothing.")
final class Doctor implements Callable<Integer> {
    /// All processes of a stack together, with what the database caches at least.
    private static final long MEMORY_MIB = 2_048;
    private static final long DISK_MIB = 2_048;
    /// With less the broker and the database stop at the next write.
    private static final long DISK_LEAST_MIB = 256;
    private static final int MANY_RESTARTS = 3;

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    Doctor(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What was looked at, and what is so.
    private sealed interface Finding {
        String about();

        record Well(String about, String state) implements Finding {}

        record Doubtful(String about, String state) implements Finding {}

        /// @param state with the cure
        record Wrong(String about, String state) implements Finding {}
    }

    @Override
    public Integer call() throws IOException {
        var folder = stack.folder();
        var findings = new ArrayList<>(List.of(java(), load(), memory(), disk(folder), folder(folder)));
        findings.addAll(stack(folder));
        for (var finding : findings) {
            terminal.say(switch (finding) {
                case Finding.Well(var about, var state) -> "  ok       %-8s %s".formatted(about, state);
                case Finding.Doubtful(var about, var state) -> "  doubtful %-8s %s".formatted(about, state);
                case Finding.Wrong(var about, var state) -> terminal.red("  WRONG    %-8s %s".formatted(about, Printable.of(state)));
            });
        }
        long wrong = findings.stream().filter(Finding.Wrong.class::isInstance).count();
        terminal.say("");
        terminal.say(wrong == 0 ? "Nothing is wrong." : "Wrong: " + wrong + ".");
        return wrong == 0 ? ExitCode.DONE : ExitCode.NOT_SO;
    }

    private static Finding java() {
        return new Finding.Well("java", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
    }

    private static Finding load() {
        var machine = Machine.now();
        var state = machine.load() < 0 ? machine.cores() + " cores" : "%.1f on %d cores".formatted(machine.load(), machine.cores());
        return machine.isBusy() ? new Finding.Doubtful("load", state + ": other programs keep the machine busy, and everything takes longer") : new Finding.Well("load", state);
    }

    private static Finding memory() {
        long memory = Machine.now().memoryMib();
        return memory < MEMORY_MIB ? new Finding.Wrong("memory", "%,d MiB; a stack needs %,d. Give the machine or the container more.".formatted(memory, MEMORY_MIB))
                : new Finding.Well("memory", "%,d MiB".formatted(memory));
    }

    private static Finding disk(StackFolder folder) throws IOException {
        long free = Files.getFileStore(existing(folder.root())).getUsableSpace() >> 20;
        var state = "%,d MiB free for %s".formatted(free, folder.root());
        return free < DISK_LEAST_MIB ? new Finding.Wrong("disk", state + ". Free some, or choose another disk: --var DIR")
                : free < DISK_MIB ? new Finding.Doubtful("disk", state + ": enough for a try, not for many events")
                : new Finding.Well("disk", state);
    }

    private static Finding folder(StackFolder folder) {
        try {
            folder.requireUsable();
            var existing = existing(folder.root());
            return Files.isWritable(existing) ? new Finding.Well("folder", folder.root() + (Files.exists(folder.root()) ? "" : " (not there yet)"))
                    : new Finding.Wrong("folder", existing + " cannot be written by this account. Choose another folder: --var DIR");
        } catch (IOException | StackException unusable) {
            return new Finding.Wrong("folder", Why.of(unusable));
        }
    }

    private static Path existing(Path path) {
        return Stream.iterate(path, Path::getParent).filter(Files::exists).findFirst().orElseThrow();
    }

    private static List<Finding> stack(StackFolder folder) {
        try {
            var status = StackStatus.read(folder).orElse(null);
            return status != null && StackLock.held(folder) ? running(folder, status) : down(folder, status);
        } catch (IOException | StackException unreadable) {
            return List.of(new Finding.Wrong("stack", Why.of(unreadable)));
        }
    }

    private static List<Finding> running(StackFolder folder, StackStatus status) throws IOException {
        var findings = new ArrayList<Finding>();
        findings.add(status.phase() == Phase.READY ? new Finding.Well("stack", "ready at " + status.url())
                : new Finding.Wrong("stack", "it is %s. See ./throughline status".formatted(status.phase().name().toLowerCase(Locale.ROOT))));
        status.members().stream().filter(member -> member.restarts() >= MANY_RESTARTS).forEach(member -> findings.add(new Finding.Wrong(member.name(),
                "it ended %d times and was started again. Why: ./throughline logs %s".formatted(member.restarts(), member.name()))));
        var credentials = Credentials.read(folder.credentials());
        try {
            var projection = new Api(credentials.baseUrl(), credentials.tokens().get("viewer")).get("/v1/status", Map.of());
            findings.add(new Finding.Well("journeys", "%,d touchpoints in %,d journeys, %,d to be evaluated".formatted(
                    projection.path("touchpoints").asLong(), projection.path("journeys").asLong(), projection.path("waiting").asLong())));
            projection.path("warnings").forEach(warning -> findings.add(new Finding.Doubtful("journeys", Printable.of(warning.asText()))));
        } catch (IOException silent) {
            findings.add(new Finding.Wrong("journeys", Why.of(silent)));
        }
        return findings;
    }

    private static List<Finding> down(StackFolder folder, StackStatus status) throws IOException {
        var findings = new ArrayList<Finding>();
        var left = Leftovers.running(folder);
        findings.add(!left.isEmpty()
                ? new Finding.Wrong("stack", "its supervisor is gone, and these still run: %s. End them: ./throughline down".formatted(String.join(", ", left)))
                : status != null && status.phase() == Phase.FAILED ? new Finding.Wrong("stack", "it is down. " + status.message())
                : new Finding.Well("stack", "it is down. Start it with ./throughline up"));
        int port = Up.lastPort(folder);
        findings.add(Loopback.isFree(port) ? new Finding.Well("port", port + " is free")
                : new Finding.Wrong("port", "%d is taken by another program. Choose another: ./throughline up --port %d".formatted(port, port + 1)));
        return findings;
    }
}
