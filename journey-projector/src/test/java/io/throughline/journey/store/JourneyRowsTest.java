package io.throughline.journey.store;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.KnownTime;
import io.throughline.events.Subject;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.project.Advance;
import io.throughline.journey.project.BatchPlan;
import io.throughline.journey.project.Decoded;
import io.throughline.journey.project.Deliveries;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The order of PostgreSQL is the total order of journeys, and large contents come when they are asked for.
class JourneyRowsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final OffsetDateTime INSTANT = OffsetDateTime.parse("2026-03-02T18:11:00Z");
    private static final List<String> SEQUENCES = List.of("0", "00", "-0", "1", "01", "-1", "9", "10", "-10", "99999999999999999999999", "a", "B", "-", "1a",
            "ä", "\uD83D\uDE00", "\uFF5E", "");
    private static final List<String> NAMES = List.of("a", "B", "ä", "/x", "\uD83D\uDE00", "\uFF5E", "aa", "A");

    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theDatabasePutsAJourneyIntoTheTotalOrder() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("JourneyRowsTest: seed " + seed);
        var random = new Random(seed);
        var events = new ArrayList<Decoded>();
        for (int i = 0; i < 3_000; i++) {
            var sequence = random.nextInt(4) == 0 ? null : SEQUENCES.get(random.nextInt(SEQUENCES.size()));
            events.add(event(i, NAMES.get(random.nextInt(NAMES.size())), NAMES.get(random.nextInt(NAMES.size())) + i % 7 + "-" + i,
                    INSTANT.plusSeconds(random.nextInt(3)), sequence, "{}"));
        }
        insert(events);
        var orders = journey().stream().map(Touchpoint::order).toList();
        assertThat(orders).hasSize(3_000).isSorted();
    }

    @Test
    void largeContentsStayBehindUntilTheyAreAskedFor() {
        var large = "{\"text\":\"" + "x".repeat(200_000) + "\"}";
        insert(List.of(event(0, "/s", "large", INSTANT, null, large), event(1, "/s", "small", INSTANT, null, "{\"a\":1}")));
        database.inTransaction(session -> {
            JourneyRows.stream(session, "touchpoints", "t.token = $1", Tuple.of(Deliveries.person(1).value()), rows -> {
                var first = rows.next();
                assertThat(first.payload().size()).isEqualTo(large.length());
                assertThat(first.payload().text()).isEqualTo(large);
                assertThat(rows.next().payload().text()).isEqualTo("{\"a\":1}");
            });
            return null;
        });
    }

    @Test
    void whenTheCompanyKnewIsKeptAsItWasSaid() {
        var said = List.of(KnownTime.WHEN_RECORDED, KnownTime.UNKNOWN, new KnownTime.Stated(INSTANT.plusHours(1).withOffsetSameInstant(ZoneOffset.ofHours(2))));
        var events = new ArrayList<Decoded>();
        for (int i = 0; i < said.size(); i++) {
            var event = (Decoded.Event) event(i, "/s", "known-" + i, INSTANT, null, null);
            events.add(new Decoded.Event(event.position(), RECORDED, new Envelope(event.envelope().attributes().known(said.get(i)), event.envelope().subject(),
                    event.envelope().contentHash()), null));
        }
        insert(events);
        assertThat(journey()).extracting(touchpoint -> touchpoint.attributes().knownTime()).isEqualTo(said);
        assertThat(journey()).allSatisfy(touchpoint -> assertThat(touchpoint.attributes().extensions()).isEmpty());
    }

    private List<Touchpoint> journey() {
        var journey = new ArrayList<Touchpoint>();
        database.inTransaction(session -> {
            JourneyRows.stream(session, "touchpoints", "t.token = $1", Tuple.of(Deliveries.person(1).value()), rows -> rows.forEachRemaining(journey::add));
            return null;
        });
        return journey;
    }

    private void insert(List<Decoded> events) {
        var store = new PostgresProjectionStore(database, "touchpoints");
        store.register(1);
        var checkpoint = store.take(List.of(0)).getFirst();
        store.project(List.of(new Advance(0, 0, events.size(), checkpoint.epoch(), events.size(), RECORDED, RECORDED)), BatchPlan.of(events));
    }

    private static Decoded event(int offset, String source, String id, OffsetDateTime time, String sequence, String data) {
        var attributes = new Attributes(source, id, "page-viewed.v1", time, null, sequence, null, null, null, null, KnownTime.WHEN_RECORDED, new TreeMap<>());
        return new Decoded.Event(new Position("touchpoints", 0, offset), RECORDED,
                new Envelope(attributes, new Subject.Person(Deliveries.person(1), "customer"), new ContentHash(new UUID(0, offset))), data);
    }
}
