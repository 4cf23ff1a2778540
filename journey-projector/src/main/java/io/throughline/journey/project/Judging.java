package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.StoreException;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.outline.Outline;
import io.throughline.journey.project.Evaluations.Judged;
import io.throughline.journey.rule.Evaluation;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One journey after the other through the rulebook, all as of the same time. Verdicts go to the ledger as they settle.
final class Judging {

    /// A journey that is evaluated apart rests for this many times as long as its evaluation took.
    private static final int REST = 4;
    /// Events between two looks at what a journey has cost so far.
    private static final int CHECK_EVERY = 8;
    /// What a journey may take beside others, whatever its weight: a fraction of the 15 s after which the database ends an idle transaction.
    private static final Duration LONG = Duration.ofSeconds(3);

    private final Rulebook rulebook;
    private final Instant at;
    private final Watermarks watermarks;
    private final FindingLedger ledger;
    private final boolean apart;
    private final InstantSource clock;
    private final Map<Token, Judged> judged = new LinkedHashMap<>();
    private @Nullable Journey journey;

    /// @param persons who are judged, whether or not a journey of theirs comes
    /// @param at evaluation time
    /// @param apart whether a journey may be heavy
    /// @param clock by which the evaluation of a heavy journey is timed
    Judging(Rulebook rulebook, List<Token> persons, Instant at, Watermarks watermarks, FindingLedger ledger, boolean apart, InstantSource clock) {
        this.rulebook = rulebook;
        this.at = at;
        this.watermarks = watermarks;
        this.ledger = ledger;
        this.apart = apart;
        this.clock = clock;
        // One of whom nothing is left is judged too: what was found before no longer holds.
        persons.forEach(person -> judged.put(person, Judged.NOTHING));
    }

    /// @param touchpoint of the journeys, one after the other, each in its total order
    /// @throws HeavyJourney when a journey turns out to be too heavy to be evaluated beside others
    /// @throws JourneyFailure when evaluating one fails
    void accept(Touchpoint touchpoint) {
        if (journey == null || !journey.person.equals(touchpoint.token())) {
            close();
            journey = new Journey(touchpoint.token());
        }
        try {
            journey.accept(touchpoint);
        } catch (RuntimeException | StackOverflowError failure) {
            throw journey.failure(failure);
        }
    }

    Map<Token, Judged> finish() {
        close();
        judged.keySet().forEach(ledger::close);
        ledger.finish();
        return judged;
    }

    private void close() {
        if (journey != null) {
            try {
                judged.put(journey.person, journey.finish());
            } catch (RuntimeException | StackOverflowError failure) {
                throw journey.failure(failure);
            }
            journey = null;
        }
    }

    private final class Journey {
        private final Token person;
        private final Evaluation evaluation;
        private final PersonDigest.Builder digest = new PersonDigest.Builder();
        private final Outline.Builder outline = new Outline.Builder();
        private final Instant begunAt = clock.instant();
        private long events;
        private long bytes;
        private long findings;

        Journey(Token person) {
            this.person = person;
            this.evaluation = rulebook.begin(at, watermarks, activation -> {
                digest.add(activation);
                if (ledger.add(person, activation)) {
                    findings++;
                    outline.found(activation.rule().severity());
                }
            });
        }

        void accept(Touchpoint touchpoint) {
            evaluation.accept(touchpoint);
            digest.add(touchpoint);
            outline.add(touchpoint);
            events++;
            bytes += touchpoint.payload().size();
            if (events % CHECK_EVERY == 0) {
                check(evaluation.work());
            }
        }

        Judged finish() {
            var outcome = evaluation.finish();
            check(outcome.work());
            return new Judged(outcome.nextChange(), outcome.awaited(), digest.finish(), outline.finish(), weight(outcome.work()), outcome.overruns(),
                    apart ? rest() : null);
        }

        /// Which evaluator judges a journey makes no difference to its verdicts, so a clock may decide it: a transaction in which nothing is
        /// asked of the database for long is ended by it.
        private void check(long work) {
            if (!apart && (weight(work) >= Share.HEAVY || begunAt.plus(LONG).isBefore(clock.instant()))) {
                throw new HeavyJourney(person);
            }
        }

        private long weight(long work) {
            return Share.weight(events, bytes, work, findings);
        }

        private Instant rest() {
            var now = clock.instant();
            return now.plus(Duration.between(begunAt, now).multipliedBy(REST));
        }

        /// What fails here fails for this person alone, unless it is the store that fails.
        private RuntimeException failure(Throwable thrown) {
            return thrown instanceof StoreException || thrown instanceof HeavyJourney ? (RuntimeException) thrown : new JourneyFailure(person, thrown);
        }
    }
}
