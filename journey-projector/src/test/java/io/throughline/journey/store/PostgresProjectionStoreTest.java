package io.throughline.journey.store;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.control;
import static io.throughline.journey.project.Deliveries.event;
import static io.throughline.journey.project.Deliveries.person;
import static io.throughline.journey.project.Deliveries.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Subject;
import io.throughline.journey.StoreException;
import io.throughline.journey.project.Advance;
import io.throughline.journey.project.BatchPlan;
import io.throughline.journey.project.Checkpoint;
import io.throughline.journey.project.Decoded;
import io.throughline.journey.project.FencedException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresProjectionStoreTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private Database database;
    private PostgresProjectionStore store;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        store = new PostgresProjectionStore(database, "touchpoints");
        store.register(1);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anOwnerWhoWasReplacedWritesNothing() {
        var stale = take();
        var rightful = take();
        assertThatThrownBy(() -> project(stale, event(1, "a", 1, 0))).isInstanceOf(FencedException.class);
        assertThat(rows("touchpoint")).isZero();
        project(rightful, event(1, "a", 1, 0));
        assertThat(rows("touchpoint")).isOne();
    }

    @Test
    void aBatchThatWasStoredAlreadyIsNotStoredAgain() {
        var owner = take();
        project(owner, event(1, "a", 1, 0));
        assertThatThrownBy(() -> project(owner, event(1, "a", 1, 0))).isInstanceOf(FencedException.class);
        assertThat(text("SELECT next::text FROM checkpoint")).isEqualTo("1");
        assertThat(text("SELECT projected || ' ' || duplicates FROM checkpoint")).isEqualTo("1 0");
    }

    @Test
    void timeAloneMovesBehindTheSameFence() {
        var owner = take();
        take();
        var later = new Advance(0, owner.next(), owner.next(), owner.epoch(), 0, RECORDED, RECORDED);
        assertThatThrownBy(() -> store.project(List.of(later), BatchPlan.of(List.of()))).isInstanceOf(FencedException.class);
    }

    @Test
    void everyRecordIsCountedOnceWhateverItIs() {
        var owner = project(take(), event(1, "a", 1, 0), event(1, "a", 1, 1), event(1, "a", 2, 2), control("o-1", 3), unreadable(4));
        project(owner, event(1, "a", 1, 5), event(1, "a", 3, 6), control("o-1", 7), unreadable(8), event(2, "a", 1, 9));
        assertThat(text("SELECT concat_ws(' ', next, projected, duplicates, conflicts, control, unreadable) FROM checkpoint")).isEqualTo("10 2 2 2 2 2");
        assertThat(rows("touchpoint")).isEqualTo(2);
        assertThat(rows("conflict")).isEqualTo(2);
        assertThat(rows("unreadable")).isEqualTo(2);
        assertThat(rows("control_event")).isOne();
    }

    @Test
    void offsetsWithoutARecordAreCountedAsSkipped() {
        var owner = take();
        store.project(List.of(new Advance(0, 0, 5, owner.epoch(), 5, RECORDED, RECORDED)), BatchPlan.of(List.of(event(1, "a", 1, 1), event(1, "b", 1, 3))));
        store.project(List.of(new Advance(0, 5, 7, owner.epoch(), 7, RECORDED, RECORDED)), BatchPlan.of(List.of()));
        assertThat(text("SELECT concat_ws(' ', next, projected, skipped) FROM checkpoint")).isEqualTo("7 2 5");
    }

    @Test
    void whatItCanNeverKeepIsSaidToBeAboutTheValuesAndLeavesNothing() {
        var attributes = Attributes.of("/" + new Random(1).ints(6_000, 'a', 'z' + 1).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append), "long", "page-viewed.v1", OffsetDateTime.parse("2026-03-02T18:11:00Z"));
        var record = new Decoded.Event(at(0), RECORDED, new Envelope(attributes, new Subject.Person(person(1), "customer"), new ContentHash(new UUID(0, 1))), "{}");
        assertThatThrownBy(() -> project(take(), record)).isInstanceOfSatisfying(StoreException.class, refused ->
                assertThat(refused.isAboutTheValues()).as(refused.getMessage()).isTrue());
        assertThat(text("SELECT next::text FROM checkpoint")).isEqualTo("0");
    }

    @Test
    void aDuplicateMarksNobody() {
        var owner = project(take(), event(1, "a", 1, 0));
        database.inTransaction(session -> session.run("DELETE FROM mark"));
        project(owner, event(1, "a", 1, 1));
        assertThat(rows("mark")).isZero();
    }

    @Test
    void theSmallerStandingTakesThePlaceAlsoWhenItComesLater() {
        var owner = project(take(), event(1, "a", 9, 0));
        database.inTransaction(session -> session.run("DELETE FROM mark"));
        project(owner, event(1, "a", 3, 1));
        assertThat(text("SELECT data FROM touchpoint")).isEqualTo("{\"content\":3}");
        assertThat(text("SELECT log_offset::text FROM conflict")).isEqualTo("0");
        assertThat(rows("mark")).isOne();
    }

    /// One effect per event: any order, any batches, duplicates and conflicts. `-Dseed=N` replays one case.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void journeysAreAFunctionOfTheEventSet(long seed) throws Exception {
        var random = new Random(seed);
        var deliveries = new ArrayList<int[]>();
        for (int i = 0; i < 300; i++) {
            deliveries.add(new int[] {random.nextInt(6), random.nextInt(12), random.nextInt(3)});
        }
        var first = journeys(deliveries, random);
        Collections.shuffle(deliveries, random);
        close();
        open();
        assertThat(journeys(deliveries, random)).as("seed %d", seed).isEqualTo(first);
    }

    static LongStream seeds() {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(5);
    }

    private String journeys(List<int[]> deliveries, Random random) {
        var owner = take();
        for (int start = 0; start < deliveries.size(); ) {
            int end = Math.min(deliveries.size(), start + 1 + random.nextInt(60));
            var batch = new ArrayList<Decoded>();
            for (int i = start; i < end; i++) {
                var delivery = deliveries.get(i);
                batch.add(event(delivery[0], "e" + delivery[1], delivery[2], at(i), RECORDED));
            }
            owner = project(owner, batch.toArray(Decoded[]::new));
            start = end;
        }
        assertThat(text("SELECT (next = projected + duplicates + conflicts + control + unreadable)::text FROM checkpoint")).isEqualTo("true");
        assertThat(text("SELECT (projected = (SELECT count(*) FROM touchpoint) AND conflicts = (SELECT count(*) FROM conflict))::text FROM checkpoint"))
                .isEqualTo("true");
        return text("SELECT string_agg(concat_ws(' ', token, event_key, content_hash, occurred_at, data), E'\\n' ORDER BY token, event_key) FROM touchpoint");
    }

    private Checkpoint take() {
        return store.take(List.of(0)).getFirst();
    }

    private Checkpoint project(Checkpoint owner, Decoded... records) {
        long next = records[records.length - 1].position().offset() + 1;
        store.project(List.of(new Advance(0, owner.next(), next, owner.epoch(), next, RECORDED, RECORDED)), BatchPlan.of(List.of(records)));
        return new Checkpoint(0, next, owner.epoch(), RECORDED, RECORDED);
    }

    private long rows(String table) {
        return Long.parseLong(text("SELECT count(*)::text FROM " + table));
    }

    private String text(String sql) {
        return database.inTransaction(session -> session.run(sql).iterator().next().getString(0));
    }
}
