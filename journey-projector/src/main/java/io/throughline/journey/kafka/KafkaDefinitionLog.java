package io.throughline.journey.kafka;

import io.throughline.events.definition.DefinitionCodec;
import io.throughline.events.log.Brokers;
import io.throughline.events.log.LogRecord;
import io.throughline.journey.definition.DefinitionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/// The topic of definitions: one partition, so one order for all.
public final class KafkaDefinitionLog implements DefinitionLog {

    private static final Logger LOG = Logger.getLogger(KafkaDefinitionLog.class);
    private static final int PATIENCE_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private long reached;

    /// @throws KafkaException while there is no such topic
    public KafkaDefinitionLog(Brokers brokers, String topic) {
        partition = new TopicPartition(topic, 0);
        consumer = new KafkaConsumer<>(brokers.client(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 32,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1024 * 1024,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        if (consumer.partitionsFor(topic) == null || consumer.partitionsFor(topic).isEmpty()) {
            consumer.close();
            throw new KafkaException("there is no topic " + topic + " yet");
        }
        consumer.assign(Set.of(partition));
    }

    @Override
    public void seek(long offset) {
        consumer.seek(partition, offset);
        reached = offset;
    }

    @Override
    public long end() {
        return consumer.endOffsets(Set.of(partition)).get(partition);
    }

    @Override
    public List<Entry> poll(Duration timeout) {
        var entries = new ArrayList<Entry>();
        consumer.poll(timeout).forEach(record -> entries.add(entry(record)));
        long next = consumer.position(partition);
        if (next > reached && (entries.isEmpty() || entries.getLast().offset() + 1 < next)) {
            entries.add(new Entry(next - 1, null)); // the marker of a transaction, or a record of one that was aborted
        }
        reached = next;
        return entries;
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<LogRecord.Header>();
        record.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
        return switch (DefinitionCodec.read(new LogRecord(record.key(), headers, record.value()))) {
            case DefinitionCodec.Reading.Readable readable -> new Entry(record.offset(), readable.definition());
            case DefinitionCodec.Reading.Unreadable unreadable -> {
                LOG.warnf("The definition at %d cannot be read and has no effect: %s", record.offset(), unreadable.reason());
                yield new Entry(record.offset(), null);
            }
        };
    }

    @Override
    public void close() {
        consumer.close();
    }
}
