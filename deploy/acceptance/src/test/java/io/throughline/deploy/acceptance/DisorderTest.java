package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What comes twice, in another order, a day late, or in a version that nobody knows yet.
class DisorderTest {
    private static final int EVENTS = 4_000;
    private static final int MOVES = 300;
    private static final Instant MOVED = Instant.parse("2026-03-02T18:12:00Z");
    private static final String STATUS = """
            SELECT body::json #>> '{activation,0,id}', status, revision FROM throughline.finding WHERE rule = 'address-change-unacknowledged'""";

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    @Test
    void oneEventInThreeTwiceAndSomeOfThemOtherwise() throws Exception {
        var fault = FaultTable.fault(10, "30 % twice, some with another body");
        var random = Seed.random(DisorderTest.class);
        var events = RandomEvents.of(random, EVENTS);
        Phase.begins(DisorderTest.class, "writes %,d events, one in three twice, and projects them twice", EVENTS);
        var again = RandomEvents.again(events, 0.3, 4, random);
        var mixed = new ArrayList<>(events);
        again.forEach(event -> mixed.add(random.nextInt(mixed.size()), event));
        try (var log = TouchpointLog.recordedByTheBroker("duplicates", 6)) {
            var projection = Projection.of(log.topic(), "duplicates");
            try (var projector = projection.start("projector", Map.of()).awaitReady(); var load = Load.begin(mixed, log, 2_000)) {
                projection.awaitProgress(mixed.size());
                fault.load(load.end(), load.lasted());
                var reached = projection.settle(projector);
                var account = projection.audited();
                assertThat(account.events()).isEqualTo(EVENTS);
                assertThat(account.duplicates() + account.conflicts()).isEqualTo(again.size());
                assertThat(projection.database().number("SELECT count(*) FROM g1.conflict")).as("kept aside, each of them")
                        .isEqualTo(account.conflicts()).isPositive();
                Projection.areSame(reached, Projection.of(log.topic(), "duplicates-undisturbed").undisturbed());
                fault.held(account);
            }
        }
    }

    @Test
    void reversedAndShuffledItIsTheSame() throws Exception {
        var fault = FaultTable.fault(11, "reversed, shuffled");
        var random = Seed.random(DisorderTest.class);
        var events = RandomEvents.of(random, EVENTS);
        Phase.begins(DisorderTest.class, "projects %,d events in three orders", EVENTS);
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        var inOrder = events.stream().sorted(Comparator.comparing(event -> event.path("time").asText())).toList();
        var expected = reach("in-order", inOrder);
        Projection.areSame(reach("reversed", inOrder.reversed()), expected);
        Projection.areSame(reach("shuffled", shuffled), expected);
        fault.held(new Projection("shuffled", "shuffled", Servers.shared().database().on("shuffled")).audited());
    }

    private static Projection.Reached reach(String name, List<ObjectNode> events) throws Exception {
        try (var log = TouchpointLog.recordedByTheBroker(name, 4)) {
            log.write(events);
            return Projection.of(name, name).undisturbed();
        }
    }

    /// A third was acknowledged in time, a third too late, a third never; and all acknowledgements come a day after the changes.
    @Test
    void oneSourceADayLate() throws Exception {
        var fault = FaultTable.fault(11, "one source a day late");
        Phase.begins(DisorderTest.class, "has one source a day late");
        try (var log = TouchpointLog.recordedByTheWriter("late", 4)) {
            var projection = Projection.of(log.topic(), "late");
            try (var projector = projection.start("projector", Map.of()).awaitReady()) {
                IntStream.range(0, MOVES).forEach(i -> log.write(moved(i), MOVED.plusSeconds(i)));
                log.flush();
                projection.awaitCaughtUp(projector);
                assertThat(statuses(projection)).hasSize(MOVES).allSatisfy((_, status) -> assertThat(status).isEqualTo("open|1"));

                IntStream.range(0, MOVES).filter(i -> i % 3 != 2).forEach(i -> log.write(acknowledged(i), MOVED.plus(Duration.ofDays(2)).plusSeconds(i)));
                log.flush();
                var reached = projection.settle(projector);
                var expected = IntStream.range(0, MOVES).boxed().collect(Collectors.toMap(i -> "moved-" + i, i -> switch (i % 3) {
                    case 0 -> "withdrawn|2";
                    case 1 -> "resolved|2";
                    default -> "open|1";
                }));
                assertThat(statuses(projection)).isEqualTo(expected);
                var account = projection.audited();
                Projection.areSame(reached, Projection.of(log.topic(), "late-undisturbed").undisturbed());
                fault.held(account);
            }
        }
    }

    private static Map<String, String> statuses(Projection projection) throws Exception {
        return projection.database().rows(STATUS).stream().map(row -> row.split("\\|", 2)).collect(Collectors.toMap(row -> row[0], row -> row[1]));
    }

    private static ObjectNode moved(int i) {
        var event = Events.event("/channels/self-service", "moved-" + i, "address-changed.v1", "customer:moved-" + i, MOVED);
        event.withObject("data").put("addressId", "home").put("kind", "postal").put("version", 2).putObject("address").put("city", "Bristol");
        return event;
    }

    private static ObjectNode acknowledged(int i) {
        var at = MOVED.plus(i % 3 == 0 ? Duration.ofHours(1) : Duration.ofHours(25));
        var event = Events.event("/systems/card-dispatch", "learned-" + i, "address-propagated.v1", "customer:moved-" + i, at);
        event.withObject("data").put("addressId", "home").put("version", 2).put("system", "card-dispatch");
        return event;
    }
}
