package io.throughline.bench;

import io.throughline.bench.load.EventRequests;
import io.throughline.bench.load.OpenLoop;
import io.throughline.bench.load.OpenLoop.Shot;
import io.throughline.bench.load.Target;
import io.throughline.bench.load.Template;
import io.throughline.deploy.stack.ServerProcess;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Ten thousand customers, a thousand events a second, and among them some that are wrong at once: how long does it take until that is seen?
/// Where a hot journey is asked for, customer 0 has it, and goes on receiving events all the time.
final class SteadyRun implements AutoCloseable {
    private static final String TOPIC = "steady";
    private static final String DATABASE = "steady";
    private static final int CUSTOMERS = 10_000;
    private static final int CONNECTIONS = 64;
    private static final int BATCH = 100;
    private static final double BATCHES_A_SECOND = 100;
    private static final double EVENTS_A_SECOND = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /// One event in so many is wrong, and one in so many goes to the hot journey.
    private static final int WRONG = 50;
    private static final int HOT = 100;

    private final Rig rig;
    private final Target events;
    private final Database database;
    private final ServerProcess ingest;
    private final ServerProcess projector;
    private final String topic;
    private final boolean hot;
    private final AtomicLong number = new AtomicLong();
    private final Map<Long, Long> answered = new ConcurrentHashMap<>();
    private final List<Template> everyday;
    private final Template wrong;
    private long measureFrom;

    /// @param round which of the runs it is: each has a topic of its own
    private SteadyRun(Rig rig, String round, boolean hot, Optional<String> javaOptions) throws Exception {
        this.rig = rig;
        this.hot = hot;
        this.topic = TOPIC + "-" + round;
        this.database = rig.database().create(DATABASE);
        var service = rig.ingest(topic, Optional.empty());
        this.ingest = rig.startAndAwait(service);
        this.projector = rig.startAndAwait(rig.projector(topic, database, javaOptions));
        this.events = rig.events(service.port());
        this.everyday = Story.EVERYDAY.stream().map(step -> EventRequests.single(events, step)).toList();
        this.wrong = EventRequests.single(events, Story.MISDIRECTED);
    }

    /// Starts ingest and projector on an empty log and an empty database, and lets everybody have a beginning.
    ///
    /// @param hotEvents of the hot journey; 0: there is none
    static SteadyRun start(Rig rig, String round, int hotEvents, Optional<String> javaOptions) throws Exception {
        var run = new SteadyRun(rig, round, hotEvents > 0, javaOptions);
        try {
            run.begin(hotEvents);
            return run;
        } catch (Exception e) {
            run.close();
            throw e;
        }
    }

    private void begin(int hotEvents) throws SQLException, InterruptedException {
        post(EventRequests.batches(events, Story.STEPS.subList(0, 1), BATCH, CUSTOMERS + 1L, Clock.systemUTC(), number), CUSTOMERS + BATCH);
        post(EventRequests.batches(events, Story.EVERYDAY, BATCH, 1, Clock.systemUTC(), number), hotEvents);
        awaitEvaluated();
    }

    private void post(EventRequests requests, int count) {
        if (count > 0) {
            OpenLoop.run(rig.vertx(), events, CONNECTIONS, BATCHES_A_SECOND, Duration.ofMillis((long) (1_000.0 * count / BATCH / BATCHES_A_SECOND)),
                    () -> new Shot(requests.next(), _ -> { }));
        }
    }

    private void awaitEvaluated() throws SQLException, InterruptedException {
        await("SELECT coalesce(sum(next), 0) >= %d FROM g1.checkpoint".formatted(number.get()));
        await(Watch.NO_MARKS);
    }

    private void await(String condition) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = database.connect(); var statement = connection.prepareStatement(condition)) {
            while (System.nanoTime() < deadline) {
                try (var result = statement.executeQuery()) {
                    if (result.next() && result.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(5);
            }
        }
        throw new BenchException("Not so after %d s: %s. See %s".formatted(PATIENCE.toSeconds(), condition, projector.server().log()));
    }

    /// Posts at the steady rate for `length` after a warm-up.
    Latencies watch(Duration warmUp, Duration length, Map<String, Object> notes) throws InterruptedException, IOException {
        var sightings = new Sightings(rig, projector.server().port(), topic, database);
        var cpu = new Cpu(ingest, projector, rig.postgres(), rig.broker());
        try (sightings) {
            measureFrom = System.nanoTime() + warmUp.toNanos();
            OpenLoop.run(rig.vertx(), events, CONNECTIONS, EVENTS_A_SECOND, warmUp.plus(length), this::shot);
            notes.put("cpuSeconds", cpu.seconds());
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!sightings.http().keySet().containsAll(answered.keySet()) && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
        }
        notes.put("questionMillis", sightings.questionMillis());
        notes.put("evaluationTimeLagMillis", sightings.evaluationTimeLagMillis());
        return Latencies.of(answered, sightings.http(), sightings.stream(), sightings.topic(), sightings.log());
    }

    private Shot shot() {
        long event = number.incrementAndGet();
        long customer = 1 + event % CUSTOMERS;
        if (event % WRONG == 0) {
            return new Shot(request(wrong, event, customer), at -> noteAnswer(event, at));
        }
        var template = everyday.get((int) (event % everyday.size()));
        return new Shot(request(template, event, hot && event % HOT == 1 ? 0 : customer), _ -> { });
    }

    private void noteAnswer(long event, long at) {
        if (at >= measureFrom) {
            answered.put(event, at);
        }
    }

    private static Buffer request(Template template, long event, long customer) {
        var request = Buffer.buffer(template.length());
        template.append(request, event, customer, Template.moment(Instant.now()));
        return request;
    }

    /// How long one event of the hot journey takes from its answer until it is evaluated, in milliseconds, when nothing else is to be done.
    double hotEvaluationMillis() throws SQLException, InterruptedException {
        awaitEvaluated();
        await("SELECT bool_and(coalesce(not_before <= clock_timestamp(), true)) FROM g1.person");
        var answeredAt = new AtomicLong();
        OpenLoop.run(rig.vertx(), events, 1, 1, Duration.ofSeconds(1),
                () -> new Shot(request(everyday.getFirst(), number.incrementAndGet(), 0), answeredAt::set));
        awaitEvaluated();
        return (System.nanoTime() - answeredAt.get()) / 1e6;
    }

    ServerProcess projector() {
        return projector;
    }

    @Override
    public void close() throws SQLException {
        rig.stop(projector);
        rig.stop(ingest);
        rig.database().drop(DATABASE);
    }
}
