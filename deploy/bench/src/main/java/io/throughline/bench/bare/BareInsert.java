package io.throughline.bench.bare;

import io.throughline.events.Envelope;
import io.throughline.events.Subject;
import io.throughline.events.log.EnvelopeReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The least that keeps a log in a table from which journeys can be read: two workers poll, decode, and insert a batch and its checkpoint in one
/// transaction; an event that is there already is passed over. No fence, no conflicts, no counts, nobody marked, no verdicts.
public final class BareInsert {
    /// Where it writes, with the columns and the indexes of the projector's own table. To be made before it starts.
    public static final String[] TABLES = {
        "CREATE SCHEMA g1",
        "CREATE TABLE g1.checkpoint (partition int PRIMARY KEY, next bigint NOT NULL) WITH (fillfactor = 50)",
        """
        CREATE TABLE g1.touchpoint (token uuid NOT NULL, event_key uuid NOT NULL, content_hash uuid NOT NULL, occurred_at timestamptz NOT NULL,
          recorded_at timestamptz NOT NULL, log_offset bigint NOT NULL, log_partition int NOT NULL, utc_offset int NOT NULL, namespace text NOT NULL,
          source text NOT NULL, id text NOT NULL, type text NOT NULL, channel text, sequence text, further text, data text, PRIMARY KEY (event_key, token))""",
        "CREATE INDEX touchpoint_by_token ON g1.touchpoint (token)"};

    private static final int WORKERS = 2;
    private static final int BATCH = 2_000;
    private static final String INSERT = """
            INSERT INTO g1.touchpoint SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::bigint[], $7::int[],
              $8::int[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
            ON CONFLICT (event_key, token) DO NOTHING""";
    private static final String ADVANCE = """
            INSERT INTO g1.checkpoint SELECT * FROM unnest($1::int[], $2::bigint[]) ON CONFLICT (partition) DO UPDATE SET next = excluded.next""";

    private final Map<String, Object> settings;
    private final String topic;
    private final Pool pool;

    private BareInsert(Map<String, Object> settings, String topic, Pool pool) {
        this.settings = settings;
        this.topic = topic;
        this.pool = pool;
    }

    /// Settings by the environment: `KAFKA_BOOTSTRAP_SERVERS`, `KAFKA_CREDENTIALS_FILE`, `DATABASE_URL`, `TOPIC`.
    public static void main(String[] arguments) {
        var environment = System.getenv();
        var pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(WORKERS)).using(Vertx.vertx())
                .connectingTo(PgConnectOptions.fromUri(environment.get("DATABASE_URL")).setCachePreparedStatements(true)).build();
        var settings = BareProducer.brokers(environment).client(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG, "bare-" + UUID.randomUUID(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * 1024 * 1024));
        var insert = new BareInsert(settings, environment.get("TOPIC"), pool);
        for (int i = 0; i < WORKERS; i++) {
            Thread.ofPlatform().name("insert-" + i).start(insert::work);
        }
    }

    private void work() {
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(Set.of(topic));
            while (!Thread.currentThread().isInterrupted()) {
                var records = consumer.poll(Duration.ofMillis(50));
                if (!records.isEmpty()) {
                    store(records);
                }
            }
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private void store(ConsumerRecords<byte[], byte[]> records) {
        var rows = new Rows(records.count());
        records.forEach(rows::add);
        await(pool.withTransaction(connection -> insert(connection, rows).compose(_ -> advance(connection, rows))));
    }

    private static Future<?> insert(SqlConnection connection, Rows rows) {
        return connection.preparedQuery(INSERT).execute(rows.columns());
    }

    private static Future<?> advance(SqlConnection connection, Rows rows) {
        return connection.preparedQuery(ADVANCE).execute(
                Tuple.of(rows.next.keySet().toArray(Integer[]::new), (Object) rows.next.values().toArray(Long[]::new)));
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }

    /// One batch, column by column.
    private static final class Rows {
        private final List<Object[]> rows;
        private final Map<Integer, Long> next = new HashMap<>();

        Rows(int size) {
            rows = new ArrayList<>(size);
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            next.put(record.partition(), record.offset() + 1);
            var envelope = decode(record);
            var attributes = envelope.attributes();
            var person = (Subject.Person) envelope.subject();
            rows.add(new Object[] {
                person.token().value(), attributes.key().value(), envelope.contentHash().value(), attributes.time(),
                Instant.ofEpochMilli(record.timestamp()).atOffset(ZoneOffset.UTC), record.offset(), record.partition(),
                attributes.time().getOffset().getTotalSeconds(), person.namespace(), attributes.source(), attributes.id(), attributes.type(),
                attributes.channel(), attributes.sequence(), null, record.value() == null ? null : new String(record.value(), StandardCharsets.UTF_8)
            });
        }

        private static Envelope decode(ConsumerRecord<byte[], byte[]> record) {
            var reader = new EnvelopeReader();
            record.headers().forEach(header -> reader.header(header.key(), header.value()));
            return switch (reader.reading()) {
                case EnvelopeReader.Reading.Readable(var envelope) -> envelope;
                case EnvelopeReader.Reading.Unreadable(var reason) -> throw new IllegalStateException("the backlog holds a record that is no event: " + reason);
            };
        }

        Tuple columns() {
            return Tuple.of(column(0, new UUID[0]), column(1, new UUID[0]), column(2, new UUID[0]),
                    column(3, new OffsetDateTime[0]), column(4, new OffsetDateTime[0]),
                    column(5, new Long[0]), column(6, new Integer[0]), column(7, new Integer[0]), column(8, new String[0]), column(9, new String[0]),
                    column(10, new String[0]), column(11, new String[0]), column(12, new String[0]), column(13, new String[0]), column(14, new String[0]),
                    column(15, new String[0]));
        }

        private <T> T[] column(int number, T[] type) {
            return rows.stream().map(row -> row[number]).toArray(size -> Arrays.copyOf(type, size));
        }
    }
}
