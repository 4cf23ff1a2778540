package io.throughline.journey.backtest;

import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Status;
import io.throughline.journey.rule.Evaluation;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.Verdict;
import io.throughline.journey.rule.Watermarks;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One rule over all journeys as of one time, person by person, without touching what is told.
///
/// Runs in one thread; its figures may be read from any while it runs.
final class Backtest implements Runnable {

    enum State { RUNNING, DONE, FAILED, CANCELLED }

    /// Persons read at a time: no snapshot of the database is held for longer than they take.
    private static final int PERSONS = 256;

    private final String id;
    private final Rule rule;
    private final Rulebook alone;
    private final BacktestRequest request;
    private final Journeys journeys;
    private final Instant asOf;
    private final Watermarks watermarks;
    private final SortedMap<String, Long> positions;
    private final Instant startedAt;
    private final long persons;

    /// Only the running thread counts.
    private long events;
    private volatile State state = State.RUNNING;
    private volatile Progress progress = new Progress(Counts.NONE, 0, 0, 0);
    private volatile @Nullable String failure;

    /// @param affected journeys with a violation
    record Progress(Counts counts, long journeys, long events, long affected) {}

    Backtest(String id, Rule rule, BacktestRequest request, Journeys journeys, Instant startedAt) {
        this.id = id;
        this.rule = rule;
        this.alone = new Rulebook(List.of(rule));
        this.request = request;
        this.journeys = journeys;
        this.startedAt = startedAt;
        record Start(Status status, Watermarks watermarks) {}
        var start = journeys.read(snapshot -> new Start(snapshot.status(), snapshot.watermarks()));
        var status = start.status();
        this.watermarks = start.watermarks();
        this.asOf = request.asOf() == null ? status.meta().evaluatedAt() : request.asOf().toInstant();
        if (asOf.isAfter(status.meta().evaluatedAt())) {
            throw new Refusal(ErrorCode.AS_OF_AHEAD, "All that is known is known as of " + status.meta().evaluatedAt() + "; asOf cannot lie after that.");
        }
        this.positions = status.meta().positions();
        this.persons = status.journeys();
    }

    @Override
    public void run() {
        try {
            Token last = null;
            while (state == State.RUNNING) {
                var after = last;
                last = journeys.read(snapshot -> next(snapshot, after));
                if (last == null) {
                    state = State.DONE;
                }
            }
        } catch (RuntimeException failed) {
            failure = String.valueOf(failed.getMessage());
            state = State.FAILED;
        }
    }

    private @Nullable Token next(Journeys.Snapshot snapshot, @Nullable Token after) {
        var some = snapshot.persons(after, PERSONS);
        if (!some.isEmpty()) {
            snapshot.journeys(some, asOf, this::evaluate);
        }
        return some.isEmpty() ? null : some.getLast();
    }

    private void evaluate(Iterator<Touchpoint> touchpoints) {
        Token person = null;
        Evaluation evaluation = null;
        while (touchpoints.hasNext()) {
            var touchpoint = touchpoints.next();
            if (!isCovered(touchpoint)) {
                continue;
            }
            if (!touchpoint.token().equals(person)) {
                count(evaluation);
                person = touchpoint.token();
                evaluation = alone.begin(asOf, watermarks);
            }
            evaluation.accept(touchpoint);
            events++;
        }
        count(evaluation);
    }

    /// What came to the log after we began does not count, whenever its person's turn comes.
    private boolean isCovered(Touchpoint touchpoint) {
        var position = touchpoint.position();
        return position.offset() < positions.getOrDefault(position.topic() + "-" + position.partition(), 0L);
    }

    private void count(@Nullable Evaluation evaluation) {
        if (evaluation == null) {
            return;
        }
        var counts = progress.counts();
        boolean affected = false;
        for (var activation : evaluation.finish().activations()) {
            if (request.covers(activation.events().getFirst().source(), activation.activationAt())) {
                counts = counts.with(activation.verdict());
                affected |= activation.verdict() == Verdict.VIOLATED;
            }
        }
        progress = new Progress(counts, progress.journeys() + 1, events, progress.affected() + (affected ? 1 : 0));
    }

    void cancel() {
        if (state == State.RUNNING) {
            state = State.CANCELLED;
        }
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /// How it stands, at any time.
    BacktestView view() {
        var reached = progress;
        return new BacktestView(id, rule.id(), rule.version(), state.name().toLowerCase(Locale.ROOT), asOf, reached.counts().activations(), reached.counts(),
                reached.journeys(), persons, reached.events(), reached.affected(), positions, startedAt, failure);
    }
}
