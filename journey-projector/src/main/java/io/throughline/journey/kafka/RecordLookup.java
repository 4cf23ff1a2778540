package io.throughline.journey.kafka;

import io.throughline.events.log.Brokers;
import io.throughline.journey.Position;
import io.throughline.journey.project.Decoded;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads single records of the log, for receipts of events that are not projected yet.
public final class RecordLookup {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, Object> settings;

    public RecordLookup(Brokers brokers) {
        settings = brokers.client(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 * 1024,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis(),
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false));
    }

    /// The record at a position; empty where the log has none, or not yet.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the broker does not answer
    public Optional<Decoded> at(Position position) {
        var partition = new TopicPartition(position.topic(), position.partition());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var known = consumer.partitionsFor(position.topic());
            if (known == null || known.stream().noneMatch(info -> info.partition() == position.partition())) {
                return Optional.empty();
            }
            consumer.assign(Set.of(partition));
            if (position.offset() >= consumer.endOffsets(Set.of(partition)).get(partition)) {
                return Optional.empty();
            }
            consumer.seek(partition, position.offset());
            for (var record : consumer.poll(PATIENCE)) {
                if (record.offset() == position.offset()) {
                    return Optional.of(RecordDecoder.decode(record));
                }
            }
            return Optional.empty();
        }
    }
}
