package io.throughline.journey.kafka;

import io.throughline.events.log.Brokers;
import io.throughline.journey.project.Decoded;
import io.throughline.journey.project.SilentLogException;
import io.throughline.journey.project.TouchpointLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A Kafka topic as one worker reads it. The consumer group only shares the partitions out; positions are the store's.
public final class KafkaTouchpointLog implements TouchpointLog {

    private static final int HEARTBEATS_PER_SESSION = 5;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final long MIRROR_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long mirroredAt = System.nanoTime();

    /// @param group of all workers of one generation
    /// @param batchSize most records of one [#poll]
    /// @param session after which a silent worker's partitions go to the others
    public KafkaTouchpointLog(Brokers brokers, String topic, String group, int batchSize, Duration session, Owner owner) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(settings(brokers, group, batchSize, session),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(Set.of(topic), new Rebalance(owner));
    }

    private static Map<String, Object> settings(Brokers brokers, String group, int batchSize, Duration session) {
        return brokers.client(Map.ofEntries(
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, group),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                // A position outside the log means that log and database do not belong together: stop and say so, never start over.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class)),
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis()),
                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.toMillis() / HEARTBEATS_PER_SESSION),
                Map.entry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize),
                // The broker collects for so long before it answers: some tens of records share a transaction then, and a question for the
                // ends of the log, which the broker answers after the fetch before it, waits no longer either.
                Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20),
                Map.entry(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 * 1024),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * 1024 * 1024),
                Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis()),
                Map.entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis()),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)));
    }

    @Override
    public List<Decoded> poll(Duration timeout) {
        mirrorPositions();
        var records = consumer.poll(timeout);
        var decoded = new ArrayList<Decoded>(records.count());
        records.forEach(record -> decoded.add(RecordDecoder.decode(record)));
        return decoded;
    }

    @Override
    public Map<Integer, Long> ends() {
        var assigned = consumer.assignment();
        if (assigned.isEmpty()) {
            return Map.of();
        }
        var ends = new HashMap<Integer, Long>();
        try {
            consumer.endOffsets(assigned).forEach((partition, end) -> ends.put(partition.partition(), end));
        } catch (TimeoutException silent) {
            throw new SilentLogException("the broker does not answer: " + silent.getMessage(), silent);
        }
        return ends;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /// For lag tools and autoscalers only; nobody reads these back. What was polled before has been stored by now.
    private void mirrorPositions() {
        if (System.nanoTime() - mirroredAt < MIRROR_EVERY_NANOS || consumer.assignment().isEmpty()) {
            return;
        }
        mirroredAt = System.nanoTime();
        var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
        consumer.assignment().forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        consumer.commitAsync(positions, null);
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        private final Owner owner;

        Rebalance(Owner owner) {
            this.owner = owner;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                owner.taken(numbers(partitions)).forEach((partition, next) -> consumer.seek(new TopicPartition(topic, partition), next));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            owner.lost(numbers(partitions));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).collect(Collectors.toList());
        }
    }
}
