package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.Loop;
import io.throughline.journey.StoreException;
import io.throughline.journey.Worker;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rulebook.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/// The projector's other loop: whoever has news, or whose deadline has passed, is evaluated, and what we told is brought into step.
public final class EvaluationWorker implements Worker {

    private static final Logger LOG = Logger.getLogger(EvaluationWorker.class);
    /// How many times as long as it took an evaluation far behind the log stands back.
    private static final int STAND_BACK = 9;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Evaluations evaluations;
    private final boolean apart;
    private final Rules rules;
    private final Reconciliation reconciliation;
    private final InstantSource clock;
    private final LongSupplier behind;
    private final Runnable judged;
    private final Loop loop = new Loop();
    private volatile String trouble = "";
    private volatile long evaluated;

    /// @param apart whether the persons of `evaluations` are those who are evaluated apart from others
    /// @param behind how many records of the log are not projected yet, as far as this process knows
    /// @param judged told whenever journeys were evaluated, from this worker's thread
    public EvaluationWorker(Evaluations evaluations, boolean apart, Rules rules, Reconciliation reconciliation, InstantSource clock, LongSupplier behind,
            Runnable judged) {
        this.evaluations = evaluations;
        this.apart = apart;
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

    /// @return how many persons were evaluated, or found to need another treatment than the others
    int evaluateNext() {
        evaluations.advanceTime();
        if (!evaluations.mayBeWaiting()) {
            return 0;
        }
        var chosen = new ArrayList<Token>();
        try {
            return evaluate(steps -> {
                chosen.addAll(steps.waiting(steps.evaluationTime()));
                return chosen;
            });
        } catch (HeavyJourney heavy) {
            evaluations.setApart(heavy.person());
            return 1;
        } catch (JourneyFailure failure) {
            setAside(failure.person(), failure);
            return 1;
        } catch (StoreException refused) {
            if (!apart && !refused.isAboutTheValues()) {
                throw refused;
            }
            return evaluateOneByOne(chosen);
        }
    }

    /// The store refuses what some person's verdicts say: that one is set aside, the others are evaluated. Of those apart any failure is taken
    /// for one of the person's, such as a statement that takes too long: the next in turn must not wait for it.
    private int evaluateOneByOne(List<Token> persons) {
        for (var person : persons) {
            try {
                evaluate(_ -> List.of(person));
            } catch (HeavyJourney heavy) {
                evaluations.setApart(person);
            } catch (JourneyFailure failure) {
                setAside(person, failure);
            } catch (StoreException refused) {
                if (!apart && !refused.isAboutTheValues()) {
                    throw refused;
                }
                setAside(person, refused);
            }
        }
        return persons.size();
    }

    private void setAside(Token person, RuntimeException failure) {
        LOG.warnf(failure, "Evaluating %s failed; it is set aside and tried again later", person);
        evaluations.setAside(person, String.valueOf(failure.getMessage()));
    }

    private int evaluate(Function<Evaluations.Steps, List<Token>> choice) {
        var held = rules.held();
        try {
            return evaluations.inTransaction(steps -> {
                var waiting = choice.apply(steps);
                int persons = waiting.isEmpty() ? 0 : evaluate(steps, waiting, held.rulebook());
                if (persons > 0 && steps.rulesRevision() != held.revision()) {
                    throw new OtherRules();
                }
                return persons;
            });
        } catch (OtherRules _) {
            rules.refresh();
            return 0;
        }
    }

    private int evaluate(Evaluations.Steps steps, List<Token> waiting, Rulebook rulebook) {
        var persons = steps.lock(waiting);
        if (persons.isEmpty()) {
            return 0;
        }
        steps.takeMarks(persons);
        // Again, under the locks: no transaction has judged these persons at a later time than this.
        var at = steps.evaluationTime();
        var ledger = new FindingLedger(steps, persons, reconciliation, at);
        var judging = new Judging(rulebook, persons, at, steps.watermarks(at), ledger, apart, clock);
        steps.load(persons, judging::accept);
        steps.write(at, judging.finish());
        return persons.size();
    }

    /// The rules have changed since they were taken up: nothing of the transaction stays.
    private static final class OtherRules extends RuntimeException {
        OtherRules() {
            super(null, null, false, false);
        }
    }

    /// News are no reason to end it.
    private void standBack(Duration took) {
        if (behind.getAsLong() > Advance.FAR_BEHIND) {
            loop.pause(took.multipliedBy(STAND_BACK));
        }
    }
}
