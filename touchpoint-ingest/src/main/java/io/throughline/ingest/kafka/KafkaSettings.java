package io.throughline.ingest.kafka;

import io.throughline.events.log.Brokers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// How this service speaks to Kafka.
///
/// @param brokers where they are, and with which password
/// @param topic of the touchpoints
/// @param partitions of that topic, when it is created here
/// @param definitions the topic of all definitions
/// @param replication, minInSync of both topics, when they are created here
/// @param deliveryTimeout after which a record not acknowledged counts as unknown
/// @param linger how long the producer waits for company before it sends
/// @param memory bytes of records that may wait in the producer
public record KafkaSettings(
        Brokers brokers, String topic, int partitions, String definitions, short replication, int minInSync, Duration deliveryTimeout,
        Duration linger, long memory) {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);
    private static final int MIB = 1024 * 1024;

    public KafkaSettings {
        if (partitions < 1 || replication < 1 || minInSync < 1 || minInSync > replication) {
            throw new IllegalArgumentException("a topic has at least one partition, and between one and all of its replicas in sync");
        }
        if (deliveryTimeout.compareTo(linger.plusSeconds(2)) < 0) {
            throw new IllegalArgumentException("the delivery timeout must leave at least two seconds after the linger time");
        }
    }

    Map<String, Object> producer() {
        return brokers.client(Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "throughline-ingest"),
                Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
                Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis()),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024),
                // One request at a time to each broker: what comes meanwhile goes along with the next, in fewer and fuller batches. Nobody
                // waits for company: alone, an event goes at once.
                Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, memory),
                // Sending happens on event loops, which may never wait: without metadata or memory it fails at once.
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0),
                // The client forgets topics that nobody writes to; the first event after a quiet night would then fail.
                Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(36_500).toMillis()),
                Map.entry(ProducerConfig.METADATA_MAX_AGE_CONFIG, 60_000),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(deliveryTimeout.toMillis())),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(deliveryTimeout.minus(linger).toMillis() / 2)),
                Map.entry(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000)));
    }

    /// For the few records on the topic of definitions: it may wait for what it lacks, on threads that may.
    Map<String, Object> definitionsProducer() {
        var properties = new HashMap<>(producer());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "throughline-ingest-definitions");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.toIntExact(PROBE_TIMEOUT.toMillis()));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * MIB);
        return properties;
    }

    /// Without a group: every instance reads all definitions, and from where is known here.
    Map<String, Object> definitionsConsumer() {
        return brokers.client(Map.ofEntries(
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "throughline-ingest-definitions"),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                // Other writers may use transactions: what they abort defines nothing.
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 32),
                // A log that has lost its beginning must not pass for a shorter one.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MIB),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MIB),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PROBE_TIMEOUT.toMillis())),
                Map.entry(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000)));
    }

    Map<String, Object> admin() {
        return brokers.client(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG, "throughline-ingest-admin",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PROBE_TIMEOUT.toMillis()),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PROBE_TIMEOUT.toMillis()),
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000));
    }
}
