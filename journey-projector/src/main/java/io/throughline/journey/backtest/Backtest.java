package io.throughline.journey.backtest;

import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Status;
import io.throughline.journey.rule.Activation;
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
import org.jspecify.annotations.Nullable;

/// One rule over all journeys as of one time, person by person, without touching what is told.
///
/// Runs in one thread; its figures may be read from any while it runs.
final class Backtest implements Runnable {

    enum State { RUNNING, DONE, FAILED, CANCELLED }

    /// Persons read at a time: no snapshot of the database is held for longer than they take.
    private static final int PERSONS = 256;

    /// Units of work: about a quarter of an hour of a slow core, see [io.throughline.journey.rule.work.Limits].
    static final long MOST_WORK = 4_000_000_000L;

    private final String id;
    private final Rule rule;
    private final Rulebook alone;
    private final BacktestRequest request;
    private final Journeys journeys;
    private final Instant asOf;
    private final Watermarks watermarks;
    private final SortedMap<String, Long> positions;
    private final Instant startedAt;
    private final long mostWork;
    private final long persons;

    /// Only the running thread counts.
    private long events;
    private long work;
    private long overruns;
    private Counts counts = Counts.NONE;
    /// Whether the journey that is evaluated has a violation.
    private boolean affected;
    private volatile State state = State.RUNNING;
    private volatile Progress progress = new Progress(Counts.NONE, 0, 0, 0, 0);
    private volatile @Nullable String failure;

    /// @param affected journeys with a violation
    /// @param overruns journeys on which the rule costs more than a rule may
    record Progress(Counts counts, long journeys, long events, long affected, long overruns) {}

    /// @param mostWork units of work after which it fails; looked at between persons
    Backtest(String id, Rule rule, BacktestRequest request, Journeys journeys, Instant startedAt, long mostWork) {
        this.mostWork = mostWork;
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
                if (work > mostWork) {
                    failure = "The rule takes more work than a back-test may (" + mostWork + " units): narrow what it looks at, "
                            + "or test it as of an earlier time.";
                    state = State.FAILED;
                } else if (last == null) {
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
        while (touchpoints.hasNext() && work <= mostWork) {
            var touchpoint = touchpoints.next();
            if (!isCovered(touchpoint)) {
                continue;
            }
            if (!touchpoint.token().equals(person)) {
                count(evaluation);
                person = touchpoint.token();
                evaluation = alone.begin(asOf, watermarks, this::count);
            }
            evaluation.accept(touchpoint);
            events++;
        }
        if (work <= mostWork) {
            count(evaluation);
        }
    }

    private void count(Activation activation) {
        if (request.covers(activation.events().getFirst().source(), activation.activationAt())) {
            counts = counts.with(activation.verdict());
            affected |= activation.verdict() == Verdict.VIOLATED;
        }
    }

    /// What came to the log after we began does not count, whenever its person's turn comes.
    private boolean isCovered(Touchpoint touchpoint) {
        var position = touchpoint.position();
        return position.offset() < positions.getOrDefault(position.topic() + "-" + position.partition(), 0L);
    }

    private void count(@Nullable Evaluation evaluation) {
        if (evaluation != null) {
            var outcome = evaluation.finish();
            work += outcome.work();
            overruns += outcome.overruns().isEmpty() ? 0 : 1;
            progress = new Progress(counts, progress.journeys() + 1, events, progress.affected() + (affected ? 1 : 0), overruns);
            affected = false;
        }
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
                reached.journeys(), persons, reached.events(), reached.affected(), reached.overruns(), positions, startedAt, failure);
    }
}
