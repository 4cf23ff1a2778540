package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.Loop;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.rule.Evaluation;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rulebook.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The projector's other loop: whoever has news, or whose deadline has passed, is evaluated, and what we told is brought into step.
public final class EvaluationWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(EvaluationWorker.class);
    /// A hot journey rests for this many times as long as its evaluation took.
    private static final int REST = 4;
    /// How many times as long as it took an evaluation far behind the log stands back.
    private static final int STAND_BACK = 9;
    /// No count of persons: the rules have changed, and nobody was judged.
    private static final int OTHER_RULES = -1;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Evaluations evaluations;
    private final Rules rules;
    private final Reconciliation reconciliation;
    private final InstantSource clock;
    private final LongSupplier behind;
    private final Runnable judged;
    private final Loop loop = new Loop();
    private volatile String trouble = "";
    private volatile long evaluated;

    /// @param behind how many records of the log are not projected yet, as far as this process knows
    /// @param judged told whenever journeys were evaluated, from this worker's thread
    public EvaluationWorker(
            Evaluations evaluations, Rules rules, Reconciliation reconciliation, InstantSource clock, LongSupplier behind, Runnable judged) {
        this.evaluations = evaluations;
        this.rules = rules;
        this.reconciliation = reconciliation;
        this.clock = clock;
        this.behind = behind;
        this.judged = judged;
    }

    /// There may be something to evaluate. From any thread; never waits.
    public void wake() {
        loop.wake();
    }

    /// Runs until [#stop]. Failures are logged, waited out, and never end the loop.
    @Override
    public void run() {
        while (!loop.ended()) {
            try {
                var begun = clock.instant();
                int persons = evaluateNext();
                evaluated += persons;
                trouble = "";
                if (persons == 0) {
                    loop.rest(IDLE);
                } else {
                    judged.run();
                    standBack(Duration.between(begun, clock.instant()));
                }
            } catch (RuntimeException failure) {
                if (!loop.ended()) {
                    trouble = String.valueOf(failure.getMessage());
                    LOG.warnf(failure, "Evaluating failed; trying again in %s", RETRY);
                    loop.rest(RETRY);
                }
            }
        }
    }

    public void stop() {
        loop.end();
    }

    /// Empty while all is well; else the last failure.
    public String trouble() {
        return trouble;
    }

    /// Journeys evaluated since the start.
    public long evaluated() {
        return evaluated;
    }

    /// @return how many persons were evaluated
    int evaluateNext() {
        evaluations.advanceTime();
        if (!evaluations.mayBeWaiting()) {
            return 0;
        }
        var held = rules.held();
        int persons = evaluations.inTransaction(steps -> {
            var waiting = steps.waiting(steps.evaluationTime());
            if (waiting.isEmpty()) {
                return 0;
            }
            return steps.rulesRevision() == held.revision() ? evaluate(steps, waiting, held.rulebook()) : OTHER_RULES;
        });
        if (persons == OTHER_RULES) {
            rules.refresh();
            return 0;
        }
        return persons;
    }

    private int evaluate(Evaluations.Steps steps, List<Token> waiting, Rulebook rulebook) {
        var persons = steps.lock(waiting);
        if (persons.isEmpty()) {
            return 0;
        }
        steps.takeMarks(persons);
        // Again, under the locks: nobody has judged these persons at a later time than this.
        var at = steps.evaluationTime();
        var judging = new Judging(rulebook, persons, at, steps.watermarks(at));
        steps.load(persons, judging::accept);
        var judged = judging.finish();
        steps.write(at, judged, revisions(steps, judged, at));
        return persons.size();
    }

    private List<Finding> revisions(Evaluations.Steps steps, Map<Token, Evaluations.Judged> judged, Instant at) {
        var told = steps.told(judged);
        var revisions = new ArrayList<Finding>();
        judged.forEach((person, now) -> revisions.addAll(reconciliation.revisions(person, told.getOrDefault(person, Map.of()), now.found(), at)));
        return revisions;
    }

    /// News are no reason to end it.
    private void standBack(Duration took) {
        if (behind.getAsLong() > Advance.FAR_BEHIND) {
            loop.pause(took.multipliedBy(STAND_BACK));
        }
    }

    /// One journey after the other through the rulebook.
    private final class Judging {
        private final Rulebook rulebook;
        private final Map<Token, Evaluations.Judged> judged = new LinkedHashMap<>();
        private final Instant at;
        private final Watermarks watermarks;
        private @Nullable Token person;
        private @Nullable Evaluation evaluation;
        private PersonDigest.Builder digest = new PersonDigest.Builder();
        private Instant begunAt = clock.instant();

        Judging(Rulebook rulebook, List<Token> persons, Instant at, Watermarks watermarks) {
            this.rulebook = rulebook;
            this.at = at;
            this.watermarks = watermarks;
            // One of whom nothing is left is judged too: what was found before no longer holds.
            persons.forEach(one -> judged.put(one, new Evaluations.Judged(List.of(), null, Map.of(), digest.finish(List.of()), null)));
        }

        void accept(Touchpoint touchpoint) {
            if (!touchpoint.token().equals(person)) {
                close();
                person = touchpoint.token();
                evaluation = rulebook.begin(at, watermarks);
                digest = new PersonDigest.Builder();
                begunAt = clock.instant();
            }
            evaluation.accept(touchpoint);
            digest.add(touchpoint);
        }

        Map<Token, Evaluations.Judged> finish() {
            close();
            return judged;
        }

        private void close() {
            if (evaluation != null) {
                var outcome = evaluation.finish();
                var found = outcome.activations().stream().filter(activation -> FindingStatus.of(activation).isPresent()).toList();
                var digested = digest.finish(outcome.activations());
                judged.put(person, new Evaluations.Judged(found, outcome.nextChange(), outcome.awaited(), digested, digested.events() >= Share.HOT ? rest() : null));
            }
        }

        private Instant rest() {
            var now = clock.instant();
            return now.plus(Duration.between(begunAt, now).multipliedBy(REST));
        }
    }
}
