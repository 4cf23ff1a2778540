package io.throughline.journey.store;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.digest.Digest;
import io.throughline.journey.query.Settled;
import io.throughline.journey.query.Settling;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Map;

/// Settles by locking the checkpoints: every worker, of whatever process, waits at its fence, and evaluation time cannot move.
public final class PostgresSettling implements Settling {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Database database;
    private final int generation;
    private final Runnable wakeEvaluation;

    public PostgresSettling(Database database, int generation, Runnable wakeEvaluation) {
        this.database = database;
        this.generation = generation;
        this.wakeEvaluation = wakeEvaluation;
    }

    @Override
    public Settled settle(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return database.inTransaction(session -> {
            session.run("SELECT next FROM checkpoint ORDER BY topic, partition FOR UPDATE");
            var at = EvaluationTime.hold(session, database);
            var progress = new Progress(session, generation, Map.of());
            // Events that occur after this time wait for it to move, which it cannot: they are looked at now, unseen as they are.
            database.inTransaction(other -> {
                do {
                    Marks.unbundle(other);
                } while (Marks.areBundled(other));
                return other.run("UPDATE mark SET occurred_at = 'epoch' WHERE occurred_at > $1", at.atOffset(ZoneOffset.UTC));
            });
            await(session, progress, at, deadline);
            return sum(session, progress, at);
        });
    }

    private void await(Session session, Progress progress, Instant at, long deadline) {
        for (long waiting = progress.waiting(at); waiting > 0; waiting = progress.waiting(at)) {
            if (System.nanoTime() > deadline) {
                throw new Refusal(ErrorCode.NOT_READY, waiting + " journeys are still waiting to be evaluated. Settle again when GET /v1/status shows fewer.");
            }
            wakeEvaluation.run();
            session.run("SELECT pg_sleep($1)", LOOK_AGAIN.toMillis() / 1000.0);
        }
    }

    private Settled sum(Session session, Progress progress, Instant at) {
        var sum = new Sum();
        session.stream("SELECT " + PersonDigests.COLUMNS + " FROM person", Tuple.tuple(), sum::add);
        return new Settled(generation, progress.meta().positions(), at, sum.persons, sum.touchpoints, sum.journeys, sum.verdicts);
    }

    private static final class Sum {
        private long persons;
        private long touchpoints;
        private Digest journeys = Digest.ZERO;
        private Digest verdicts = Digest.ZERO;

        void add(Iterator<Row> rows) {
            rows.forEachRemaining(row -> {
                var person = PersonDigests.read(row);
                persons++;
                touchpoints += person.events();
                journeys = journeys.plus(person.journey());
                verdicts = verdicts.plus(person.verdicts());
            });
        }
    }
}
