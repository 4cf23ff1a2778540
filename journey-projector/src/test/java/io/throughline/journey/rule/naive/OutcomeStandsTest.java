package io.throughline.journey.rule.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.Outcome;
import io.throughline.journey.rule.Seeds;
import io.throughline.journey.rule.SmallEvaluation;
import io.throughline.journey.rule.Watermarks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who evaluates only when the last outcome says so, or something of the journey arrives, is never wrong at any time.
class OutcomeStandsTest {

    static LongStream seeds() {
        return Seeds.some(Boolean.getBoolean("long") ? 20_000 : 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void untilItSaysOtherwise(long seed) {
        var chance = new Chance(new Random(seed));
        var rule = new RandomRules(chance, RandomRules.chosen()).rule();
        var rulebook = Evaluated.rulebook(rule);
        var story = new RandomJourneys(chance, rule).of(8);
        var kept = new SmallEvaluation.Result(List.of(), new Outcome(Instant.MIN, Map.of(), List.of(), 0));
        long known = 0;
        for (var time : times(story)) {
            var now = at(time, story);
            if (now.events().size() > known || isDue(kept, time, Evaluated.watermarks(now))) {
                kept = Evaluated.outcome(rulebook, now);
                known = now.events().size();
                assertThat(isDue(kept, time, Evaluated.watermarks(now))).as("seed %d: due at once again, at %s of\n%s", seed, time, CaseText.write(story)).isFalse();
            }
            assertThat(kept).as("seed %d at %s of\n%s", seed, time, CaseText.write(story)).isEqualTo(Evaluated.outcome(rulebook, now));
        }
    }

    /// What was recorded by `time`, evaluated then.
    private static Case at(Instant time, Case story) {
        var known = story.events().stream().filter(event -> !event.recordedAt().isAfter(time)).toList();
        return new Case(story.rule(), known, story.sources(), story.calendars(), time, time);
    }

    private static boolean isDue(SmallEvaluation.Result kept, Instant time, Watermarks watermarks) {
        return kept.nextChange() != null && !time.isBefore(kept.nextChange())
                || kept.awaited().entrySet().stream().anyMatch(awaited -> isReached(watermarks.of(awaited.getKey()), awaited.getValue()));
    }

    private static boolean isReached(@Nullable Instant watermark, Instant awaited) {
        return watermark != null && !watermark.isBefore(awaited);
    }

    /// Whenever something is recorded, occurs or is due, also counting a source's delay and heartbeat; and just after.
    private static TreeSet<Instant> times(Case story) {
        var moments = story.events().stream().flatMap(new DueTimes(story.rule())::of).toList();
        var times = new TreeSet<Instant>();
        story.events().forEach(event -> times.add(event.recordedAt()));
        for (var source : story.sources()) {
            source.records().forEach(record -> times.add(record.recordedAt()));
            moments.forEach(moment -> times.add(moment.plus(source.delay())));
            moments.stream().filter(_ -> source.heartbeat() != null).forEach(moment -> times.add(moment.plus(source.delay()).plus(source.heartbeat())));
        }
        times.addAll(moments);
        List.copyOf(times).forEach(time -> times.add(time.plus(1, ChronoUnit.MICROS)));
        return times;
    }
}
