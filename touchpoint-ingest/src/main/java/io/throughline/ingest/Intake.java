package io.throughline.ingest;

import io.throughline.events.CloudEvent;
import io.throughline.events.log.LogRecord;
import io.throughline.ingest.Admission.Decision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// Brings admitted events to the log and says what became of each.
public final class Intake {

    private final Addressing addressing;
    private final TouchpointLog log;
    private final Tally tally;

    public Intake(Addressing addressing, TouchpointLog log, Tally tally) {
        this.addressing = addressing;
        this.log = log;
        this.tally = tally;
    }

    /// Never blocks.
    ///
    /// @return one outcome a decision, in the same order, once the log has answered for all of them; fails when the vault does, with nothing on the log
    public CompletionStage<List<Outcome>> take(List<Decision> decisions) {
        var events = decisions.stream().<CloudEvent>mapMulti((decision, accepted) -> {
            if (decision instanceof Decision.Accepted taken) {
                accepted.accept(taken.event());
            }
        }).toList();
        return addressing.records(events).thenCompose(records -> {
            var next = records.iterator();
            return all(decisions.stream().map(decision -> switch (decision) {
                case Decision.Accepted accepted -> append(accepted, next.next());
                case Decision.Rejected rejected -> rejected(rejected);
            }));
        });
    }

    private CompletableFuture<Outcome> append(Decision.Accepted accepted, LogRecord record) {
        var attributes = accepted.event().attributes();
        tally.taken(accepted);
        return log.append(record).handle((position, failure) -> {
            if (failure == null) {
                tally.accepted();
                return new Outcome.Accepted(attributes.source(), attributes.id(), position, accepted.warnings());
            }
            tally.unknown();
            return new Outcome.Unknown(attributes.source(), attributes.id());
        });
    }

    private CompletableFuture<Outcome> rejected(Decision.Rejected rejected) {
        tally.rejected(rejected.problem().code());
        return CompletableFuture.completedFuture(new Outcome.Rejected(rejected.source(), rejected.id(), rejected.problem()));
    }

    private static CompletableFuture<List<Outcome>> all(Stream<CompletableFuture<Outcome>> pending) {
        var outcomes = pending.toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(_ -> outcomes.stream().map(CompletableFuture::join).toList());
    }
}
