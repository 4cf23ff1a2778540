package io.throughline.deploy.cli;

import io.throughline.deploy.stack.LogFile;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.StackFolder;
import io.throughline.deploy.stack.StackStatus.Member;
import io.throughline.deploy.stack.StackStatus.Phase;
import io.throughline.deploy.stack.StackStatus.State;
import io.throughline.deploy.stack.StackStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Follows a supervisor while it starts its stack, and says what it is doing.
final class StartProgress {
    private static final long LOOK_MILLIS = 100;
    private static final int TAIL_LINES = 20;
    /// With a stack that runs already, and of which a server dies over and over.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Terminal terminal;
    private final StackFolder folder;
    private final ProcessHandle supervisor;
    private final Instant begun = Instant.now();
    private final Set<String> told = new HashSet<>();

    StartProgress(Terminal terminal, StackFolder folder, ProcessHandle supervisor) {
        this.terminal = terminal;
        this.folder = folder;
        this.supervisor = supervisor;
    }

    /// Returns when the stack serves.
    /// @throws StackException when it could not be started, saying why
    StackStatus follow() throws IOException, InterruptedException {
        var now = words();
        if (now.filter(status -> status.phase() == Phase.READY).isPresent()) {
            return now.get();
        }
        try (var steps = Steps.on(terminal)) {
            steps.begin("starting the supervisor");
            while (true) {
                // Looked at before the file: what a supervisor wrote before its end is then seen.
                var alive = supervisor.isAlive();
                var status = words().orElse(null);
                if (status != null) {
                    tell(status.members(), steps);
                    if (status.phase() == Phase.FAILED) {
                        throw new StackException("The stack could not be started. " + status.message());
                    }
                    if (status.phase() == Phase.READY) {
                        return status;
                    }
                }
                if (now.isPresent() && begun.plus(PATIENCE).isBefore(Instant.now())) {
                    throw new StackException("Not all of it serves, since %d minutes. What is so: ./throughline status".formatted(PATIENCE.toMinutes()));
                }
                if (!alive) {
                    throw new StackException("The supervisor ended. The end of its log:%n%s".formatted(LogFile.tail(folder.log("supervisor"), TAIL_LINES)));
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private Optional<StackStatus> words() throws IOException {
        return StackStatus.read(folder).filter(status -> status.pid() == supervisor.pid());
    }

    private void tell(List<Member> members, Steps steps) {
        for (var member : members) {
            if (member.state() == State.STARTING && told.add(member.name() + " starting")) {
                steps.begin(member.name());
            }
            if (member.state() == State.READY && told.add(member.name())) {
                steps.done("%-10s serves on port %d (%.1f s)".formatted(member.name(), member.port(), secondsSince(begun)));
            }
        }
        var starting = members.stream().filter(member -> member.state() == State.STARTING || member.state() == State.RESTARTING)
                .map(Member::name).collect(Collectors.joining(", "));
        steps.show(told(members), members.size(), starting.isEmpty() ? "processes serve" : "processes serve; starting " + starting);
    }

    private static int told(List<Member> members) {
        return (int) members.stream().filter(member -> member.state() == State.READY).count();
    }

    private static double secondsSince(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }
}
