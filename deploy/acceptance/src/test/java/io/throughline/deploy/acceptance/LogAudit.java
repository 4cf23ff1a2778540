package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a whole log by itself, with none of the projector's code, and compares what must be in the database with what is.
final class LogAudit {
    private static final String TOUCHPOINTS = "SELECT token, source, id, content_hash FROM g1.touchpoint";
    private static final String FATES =
            "SELECT partition, next, projected + duplicates + conflicts + control + unreadable + skipped FROM g1.checkpoint ORDER BY partition";

    private LogAudit() {}

    /// @param records on the log
    /// @param events of persons, each counted once
    /// @param lost events that are in no journey
    /// @param doubled effects beyond one an event
    /// @param duplicates deliveries that were kept out
    /// @param conflicts deliveries that were kept aside
    record Account(long records, long events, long lost, long doubled, long duplicates, long conflicts) {}

    /// Where contents conflict, which of them stands: recorded first, then by the smaller hash.
    private record Standing(long recordedAt, String content) implements Comparable<Standing> {
        @Override
        public int compareTo(Standing other) {
            return recordedAt != other.recordedAt ? Long.compare(recordedAt, other.recordedAt) : content.compareTo(other.content);
        }
    }

    /// Asserts that each event of the log has one effect, that with the content that stands, and that every record is accounted for.
    static Account of(Broker broker, String topic, Database database) throws SQLException {
        var standing = new HashMap<String, Standing>();
        var ends = read(broker, topic, standing);
        var rows = database.rows(TOUCHPOINTS);
        var projected = new HashSet<>(rows);
        var due = standing.entrySet().stream().map(event -> event.getKey() + "|" + event.getValue().content).collect(Collectors.toSet());
        Rows.areSame(projected, due);
        var fates = ends.entrySet().stream().map(end -> end.getKey() + "|" + end.getValue() + "|" + end.getValue()).toList();
        assertThat(database.rows(FATES)).as("partition, next, records accounted for").isEqualTo(fates);
        long lost = due.stream().filter(event -> !projected.contains(event)).count();
        return new Account(ends.values().stream().mapToLong(end -> end).sum(), due.size(), lost, rows.size() - projected.size(),
                database.number("SELECT sum(duplicates) FROM g1.checkpoint"), database.number("SELECT sum(conflicts) FROM g1.checkpoint"));
    }

    /// @return the ends of the partitions, in order
    private static Map<Integer, Long> read(Broker broker, String topic, Map<String, Standing> standing) {
        try (var consumer = new KafkaConsumer<>(broker.client(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> note(record, standing));
            }
            return new TreeMap<>(ends.entrySet().stream().collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue)));
        }
    }

    private static void note(ConsumerRecord<byte[], byte[]> record, Map<String, Standing> standing) {
        if (!isOfAPerson(record)) {
            return;
        }
        var event = dashed(header(record, "ce_subject")) + "|" + header(record, "ce_source") + "|" + header(record, "ce_id");
        var arrived = new Standing(record.timestamp(), dashed(header(record, "ce_contenthash")));
        standing.merge(event, arrived, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    private static boolean isOfAPerson(ConsumerRecord<byte[], byte[]> record) {
        return header(record, "ce_specversion").equals("1.0") && !header(record, "ce_subject").contains(":");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    /// 32 hex digits as PostgreSQL shows a UUID.
    private static String dashed(String hex) {
        return hex.replaceFirst("^(.{8})(.{4})(.{4})(.{4})(.{12})$", "$1-$2-$3-$4-$5");
    }
}
