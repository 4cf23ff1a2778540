package io.throughline.journey.rule;

import static io.throughline.journey.rule.EvaluatorAgainstNaiveRulesTest.HOURS;
import static io.throughline.journey.rule.EvaluatorAgainstNaiveRulesTest.RULES;
import static io.throughline.journey.rule.EvaluatorAgainstNaiveRulesTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Feeds.Heard;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The journeys of the other test, sent by sources that are registered or not, are late, and fall silent and come back.
class SilenceAgainstNaiveRulesTest {

    private static final List<String> SOURCES = List.of("/s", "/t", "/u");
    private static final List<String> TYPES = List.of("a", "b", "b*", "set", "se*", "*", "noise");

    /// @param journey with the times at which the log learned of it
    record Story(List<Touchpoint> journey, Feeds feeds) {

        List<Touchpoint> knownAt(Instant time) {
            return journey.stream().filter(event -> !event.recordedAt().isAfter(time)).toList();
        }
    }

    static LongStream seeds() {
        return Seeds.some(300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void judgeAlike(long seed) {
        var random = new Random(seed);
        var story = story(random);
        var time = START.plus(random.nextInt(HOURS + 48), ChronoUnit.HOURS).plus(random.nextInt(2), ChronoUnit.MICROS);
        var asOf = random.nextBoolean() ? time : time.minus(random.nextInt(48), ChronoUnit.HOURS);

        var outcome = Journeys.evaluate(RULES, asOf, story.feeds().at(time), story.knownAt(time));

        assertThat(outcome.activations()).as("seed %d", seed).extracting(EvaluatorAgainstNaiveRulesTest::judgement)
                .containsExactlyElementsOf(new NaiveRules(story.knownAt(time), asOf, new NaiveWatermarks(story.feeds(), time)).judge());
    }

    /// Who evaluates only when the last outcome says so, or something of the journey arrives, is never wrong at any time.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anOutcomeStandsUntilItSaysOtherwise(long seed) {
        var story = story(new Random(seed));
        var kept = new Outcome(List.of(), Instant.MIN, Map.of());
        int known = 0;
        for (var time : times(story)) {
            var watermarks = story.feeds().at(time);
            var journey = story.knownAt(time);
            var now = Journeys.evaluate(RULES, time, watermarks, journey);
            if (journey.size() > known || isDue(kept, time, watermarks)) {
                kept = now;
                known = journey.size();
            }
            assertThat(kept).as("seed %d at %s", seed, time).isEqualTo(now);
        }
    }

    private static boolean isDue(Outcome kept, Instant time, Watermarks watermarks) {
        return kept.nextChange() != null && !time.isBefore(kept.nextChange())
                || kept.awaited().entrySet().stream().anyMatch(awaited -> isReached(watermarks.of(awaited.getKey()), awaited.getValue()));
    }

    private static boolean isReached(Instant watermark, Instant awaited) {
        return watermark != null && !watermark.isBefore(awaited);
    }

    /// Whenever something is recorded, and at every full hour, on which all happens, and just after.
    private static TreeSet<Instant> times(Story story) {
        var times = new TreeSet<Instant>();
        story.feeds().records().forEach(record -> times.add(record.recordedAt()));
        story.journey().forEach(event -> times.add(event.recordedAt()));
        for (int hour = 0; hour < HOURS + 72; hour++) {
            times.add(START.plus(hour, ChronoUnit.HOURS));
            times.add(START.plus(hour, ChronoUnit.HOURS).plus(1, ChronoUnit.MICROS));
        }
        return times;
    }

    private static Story story(Random random) {
        var journey = EvaluatorAgainstNaiveRulesTest.journey(random).stream()
                .map(event -> recorded(event, event.occurredAt().plus(random.nextInt(4) == 0 ? random.nextInt(30) : 0, ChronoUnit.HOURS)))
                .toList();
        var records = new ArrayList<Heard>();
        journey.forEach(event -> records.add(new Heard(event.source(), event.occurredAt(), event.recordedAt())));
        SOURCES.forEach(source -> send(source, random, records));
        return new Story(journey, new Feeds(SOURCES.stream().filter(_ -> random.nextInt(4) > 0).map(source -> declared(source, random)).toList(), records));
    }

    private static Touchpoint recorded(Touchpoint event, Instant recordedAt) {
        return new Touchpoint(event.token(), event.namespace(), event.key(), event.attributes(), event.order(), event.contentHash(), recordedAt, event.position(), event.payload());
    }

    /// What a source sends of others, in spells: hour by hour, or not at all; some of it late, some by a clock that is ahead.
    private static void send(String source, Random random, List<Heard> records) {
        boolean silent = random.nextBoolean();
        for (int hour = 0; hour < HOURS + 48; hour++) {
            silent = random.nextInt(12) == 0 ? !silent : silent;
            if (!silent) {
                var occurredAt = START.plus(hour, ChronoUnit.HOURS);
                records.add(new Heard(source, occurredAt, occurredAt.plus(random.nextInt(-1, 3), ChronoUnit.HOURS)));
            }
        }
    }

    private static SourceState declared(String name, Random random) {
        var types = TYPES.stream().filter(_ -> random.nextInt(3) == 0).toList();
        var heartbeat = random.nextInt(3) == 0 ? null : Duration.ofHours(random.nextInt(8));
        return new SourceState(name, types, heartbeat, Duration.ofHours(random.nextInt(3) * random.nextInt(8)), null);
    }
}
