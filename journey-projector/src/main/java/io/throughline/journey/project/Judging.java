package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.project.Evaluations.Judged;
import io.throughline.journey.rule.Activation;
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

/// One journey after the other through the rulebook, all as of the same time.
final class Judging {

    /// A hot journey rests for this many times as long as its evaluation took.
    private static final int REST = 4;

    private final Rulebook rulebook;
    private final Instant at;
    private final Watermarks watermarks;
    private final InstantSource clock;
    private final Map<Token, Judged> judged = new LinkedHashMap<>();
    private @Nullable Token person;
    private @Nullable Evaluation evaluation;
    private PersonDigest.Builder digest = new PersonDigest.Builder();
    private List<Activation> found = new ArrayList<>();
    private Instant begunAt;

    /// @param persons who are judged, whether or not a journey of theirs comes
    /// @param at evaluation time
    /// @param clock by which the evaluation of a hot journey is timed
    Judging(Rulebook rulebook, List<Token> persons, Instant at, Watermarks watermarks, InstantSource clock) {
        this.rulebook = rulebook;
        this.at = at;
        this.watermarks = watermarks;
        this.clock = clock;
        this.begunAt = clock.instant();
        // One of whom nothing is left is judged too: what was found before no longer holds.
        persons.forEach(one -> judged.put(one, new Judged(List.of(), null, Map.of(), digest.finish(), null)));
    }

    /// @param touchpoint of the journeys, one after the other, each in its total order
    void accept(Touchpoint touchpoint) {
        if (!touchpoint.token().equals(person)) {
            close();
            person = touchpoint.token();
            digest = new PersonDigest.Builder();
            found = new ArrayList<>();
            evaluation = rulebook.begin(at, watermarks, this::take);
            begunAt = clock.instant();
        }
        evaluation.accept(touchpoint);
        digest.add(touchpoint);
    }

    private void take(Activation activation) {
        digest.add(activation);
        if (FindingStatus.of(activation).isPresent()) {
            found.add(activation);
        }
    }

    Map<Token, Judged> finish() {
        close();
        return judged;
    }

    private void close() {
        if (evaluation != null) {
            var outcome = evaluation.finish();
            var digested = digest.finish();
            judged.put(person, new Judged(found, outcome.nextChange(), outcome.awaited(), digested, digested.events() >= Share.HOT ? rest() : null));
        }
    }

    private Instant rest() {
        var now = clock.instant();
        return now.plus(Duration.between(begunAt, now).multipliedBy(REST));
    }
}
