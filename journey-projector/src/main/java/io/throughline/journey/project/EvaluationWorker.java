package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.Loop;
import io.throughline.journey.Worker;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rulebook.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/// The projector's other loop: whoever has news, or whose deadline has passed, is evaluated, and what we told is brought into step.
public final class EvaluationWorker implements Worker {

    private static final Logger LOG = Logger.getLogger(EvaluationWorker.class);
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

    @Override
    public void stop() {
        loop.end();
    }

    @Override
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
        var judging = new Judging(rulebook, persons, at, steps.watermarks(at), clock);
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
}
