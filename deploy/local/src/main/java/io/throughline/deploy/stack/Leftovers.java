package io.throughline.deploy.stack;

import io.throughline.deploy.stack.StackStatus.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Servers whose supervisor was killed before it could end them.
public final class Leftovers {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private Leftovers() {}

    /// The names of the servers that the folder's last supervisor recorded and that still run, services first.
    /// A process is one of them only if its command line names the folder: numbers are given anew after a reboot.
    /// The caller knows that no supervisor is alive.
    public static List<String> running(StackFolder folder) throws IOException {
        return members(folder).filter(member -> process(member, folder).isPresent()).map(Member::name).toList();
    }

    /// Ends them.
    /// @return the names of those that were ended
    public static List<String> end(StackFolder folder) throws IOException {
        return members(folder).filter(member -> process(member, folder).map(process -> end(process, member)).isPresent()).map(Member::name).toList();
    }

    private static Stream<Member> members(StackFolder folder) throws IOException {
        return StackStatus.read(folder).map(status -> status.members().reversed().stream()).orElse(Stream.empty());
    }

    private static Optional<ProcessHandle> process(Member member, StackFolder folder) {
        return ProcessHandle.of(member.pid()).filter(process -> isOurs(process, folder));
    }

    private static ProcessHandle end(ProcessHandle process, Member member) {
        OsProcesses.end(process, member.name().equals(LocalPostgres.SERVER) ? LocalPostgres.STOP : "TERM", STOP_LIMIT);
        return process;
    }

    /// Word by word: the folder of another stack may begin as this one's does, and its processes may have the same numbers in a copy of its files.
    private static boolean isOurs(ProcessHandle process, StackFolder folder) {
        var root = folder.root().toString();
        return process.pid() != ProcessHandle.current().pid() && Arrays.stream(process.info().arguments().orElse(new String[0]))
                .anyMatch(word -> word.endsWith("=" + root) || word.equals(root) || word.startsWith(root + "/"));
    }
}
