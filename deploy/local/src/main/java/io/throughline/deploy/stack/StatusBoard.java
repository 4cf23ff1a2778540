package io.throughline.deploy.stack;

import io.throughline.deploy.stack.StackStatus.Member;
import io.throughline.deploy.stack.StackStatus.Phase;
import io.throughline.deploy.stack.StackStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a supervisor keeps its [StackStatus]; each change is in the file before the call returns.
final class StatusBoard {
    private final StackFolder folder;
    private final Instant startedAt;
    private final String url;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private Phase phase = Phase.STARTING;
    private String message;
    private boolean lost;

    StatusBoard(StackFolder folder, Instant startedAt, String url) {
        this.folder = folder;
        this.startedAt = startedAt;
        this.url = url;
    }

    synchronized void phase(Phase next) {
        // Stopping after a failure must not hide why.
        if (phase != Phase.FAILED) {
            phase = next;
        }
        publish();
    }

    synchronized void failed(String why) {
        phase = Phase.FAILED;
        message = why;
        publish();
    }

    /// The folder is no longer there: from now on nothing is written to it.
    synchronized void lost() {
        lost = true;
    }

    /// The last word about a folder that was lost, where the next command looks for it.
    synchronized void lastWord(String why) {
        lost = false;
        failed(why);
    }

    synchronized void member(Member member) {
        members.put(member.name(), member);
        publish();
    }

    private void publish() {
        if (lost) {
            return;
        }
        try {
            new StackStatus(presentPhase(), ProcessHandle.current().pid(), startedAt, url, message, List.copyOf(members.values())).write(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The status of the stack cannot be written: " + Why.of(e), e);
        }
    }

    private Phase presentPhase() {
        return phase == Phase.READY && members.values().stream().anyMatch(member -> member.state() != State.READY) ? Phase.DEGRADED : phase;
    }
}
