package io.throughline.journey.backtest;

import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.query.FindingGroup;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Status;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.Evaluation;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.Verdict;
import io.throughline.journey.rule.Watermarks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
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

    private static final int MOST_EXAMPLES = 5;

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
    private long resolved;
    /// The first violation of the journey that is evaluated; `null` where there is none so far.
    private @Nullable Activation violation;
    private volatile State state = State.RUNNING;
    private volatile Progress progress = new Progress(Counts.NONE, 0, 0, 0, 0, 0, List.of());
    private volatile @Nullable String failure;

    /// @param resolved violations that were met too late
    /// @param affected journeys with a violation
    /// @param overruns journeys on which the rule costs more than a rule may
    record Progress(Counts counts, long resolved, long journeys, long events, long affected, long overruns, List<BacktestView.Example> examples) {}

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
                count(person, evaluation);
                person = touchpoint.token();
                evaluation = alone.begin(asOf, watermarks, this::count);
            }
            evaluation.accept(touchpoint);
            events++;
        }
        if (work <= mostWork) {
            count(person, evaluation);
        }
    }

    private void count(Activation activation) {
        if (request.covers(activation.events().getFirst().source(), activation.activationAt())) {
            counts = counts.with(activation.verdict());
            if (activation.verdict() == Verdict.VIOLATED) {
                resolved += activation.metAt() == null ? 0 : 1;
                violation = violation == null ? activation : violation;
            }
        }
    }

    /// What came to the log after we began does not count, whenever its person's turn comes.
    private boolean isCovered(Touchpoint touchpoint) {
        var position = touchpoint.position();
        return position.offset() < positions.getOrDefault(position.topic() + "-" + position.partition(), 0L);
    }

    private void count(@Nullable Token person, @Nullable Evaluation evaluation) {
        if (person != null && evaluation != null) {
            var outcome = evaluation.finish();
            work += outcome.work();
            overruns += outcome.overruns().isEmpty() ? 0 : 1;
            progress = new Progress(counts, resolved, progress.journeys() + 1, events, progress.affected() + (violation == null ? 0 : 1), overruns,
                    examples(progress.examples(), person));
            violation = null;
        }
    }

    private List<BacktestView.Example> examples(List<BacktestView.Example> before, Token person) {
        if (violation == null || before.size() == MOST_EXAMPLES) {
            return before;
        }
        var examples = new ArrayList<>(before);
        examples.add(new BacktestView.Example(person.toString(), violation.id().toString(), FindingStatus.of(violation).orElseThrow().wire(),
                violation.activationAt(), rule.explain(violation.parameters(), violation.notes(), violation.activationAt(), rule.zone())));
        return List.copyOf(examples);
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
        var verdicts = reached.counts();
        var cost = rule.cost() == null ? null : new FindingGroup.Sum(
                new BigDecimal(rule.cost().amount()).multiply(BigDecimal.valueOf(verdicts.violated())).toPlainString(), rule.cost().currency().getCurrencyCode());
        return new BacktestView(id, rule.id(), rule.version(), state.name().toLowerCase(Locale.ROOT), asOf, verdicts.activations(), verdicts,
                new BacktestView.Findings(verdicts.violated() - reached.resolved(), reached.resolved(), verdicts.undetermined()), cost, reached.examples(),
                reached.journeys(), persons, reached.events(), reached.affected(), reached.overruns(), positions, startedAt, failure);
    }
}
