package io.throughline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.bench.Story.Step;
import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.EventKey;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import io.throughline.events.log.EnvelopeWriter;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/// Events of a [Story] as they lie on the log, written by the published writer.
final class StoryRecords {
    private static final OffsetDateTime BEGIN = OffsetDateTime.of(2026, 1, 5, 9, 0, 0, 0, ZoneOffset.UTC);
    private static final Duration BETWEEN_STEPS = Duration.ofHours(7);
    /// Journeys that are under way at once: the events of one lie this far apart on the log, times the steps of a story.
    private static final int UNDER_WAY = 5_000;
    /// One journey in so many is told about an outage elsewhere.
    private static final int FAULTY = 50;

    private final String topic;
    private final long journeys;
    private final int length;
    private final Random random = new Random(1);
    private final List<int[]> underWay = new ArrayList<>();
    private int begun;

    /// Whole stories.
    ///
    /// @param journeys that there are at most
    StoryRecords(String topic, long journeys) {
        this(topic, journeys, Story.STEPS.size());
    }

    /// Each journey with this many steps of the story, one after the other: the first journey has the first steps, the next one those that follow.
    ///
    /// @param length divides the length of the story
    StoryRecords(String topic, long journeys, int length) {
        if (Story.STEPS.size() % length != 0) {
            throw new IllegalArgumentException("A story of %d steps has no parts of %d.".formatted(Story.STEPS.size(), length));
        }
        this.topic = topic;
        this.journeys = journeys;
        this.length = length;
    }

    /// The event of a number, each for the next customer.
    ProducerRecord<byte[], byte[]> spread(long number) {
        return record(number, number % journeys, (int) (number % Story.STEPS.size()));
    }

    /// The event of a number in life's order: each journey in its own, and many at a time. The same at every run.
    ProducerRecord<byte[], byte[]> interleaved(long number) {
        while (underWay.size() < UNDER_WAY && begun < journeys) {
            underWay.add(new int[] {begun++, 0});
        }
        int place = random.nextInt(underWay.size());
        var journey = underWay.get(place);
        var record = record(number, journey[0], (int) ((long) journey[0] * length % Story.STEPS.size()) + journey[1]++);
        if (journey[1] == length) {
            underWay.set(place, underWay.getLast());
            underWay.removeLast();
        }
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(long number, long customer, int place) {
        var step = step(customer, place);
        var attributes = Attributes.of(step.source(), Story.id(number), step.type(),
                BEGIN.plusSeconds(customer % 86_400).plus(BETWEEN_STEPS.multipliedBy(place))).onChannel(step.channel());
        // Whatever tells one content from another will do; hashing a million events would only delay the start.
        var hash = new ContentHash(attributes.key().value());
        var token = new Token(EventKey.of("customer", Long.toString(customer)).value());
        var written = EnvelopeWriter.write(new Envelope(attributes, new Subject.Person(token, "customer"), hash), step.data().getBytes(UTF_8));
        var record = new ProducerRecord<>(topic, written.key(), written.value());
        written.headers().forEach(header -> record.headers().add(new RecordHeader(header.name(), header.value())));
        return record;
    }

    private static Step step(long customer, int place) {
        var step = Story.STEPS.get(place);
        return customer % FAULTY == 0 && step.type().equals(Story.MISDIRECTED.type()) && step.data().contains("outage") ? Story.MISDIRECTED : step;
    }
}
