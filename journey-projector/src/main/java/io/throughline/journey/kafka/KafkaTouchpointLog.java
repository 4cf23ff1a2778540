package io.throughline.journey.kafka;

import io.throughline.events.log.Brokers;
import io.throughline.journey.project.Decoded;
import io.throughline.journey.project.SilentLogException;
import io.throughline.journey.project.TouchpointLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A Kafka topic as one worker reads it. The consumer group only shares the partitions out; positions are the store's.
public final class KafkaTouchpointLog implements TouchpointLog {

    private static final int HEARTBEATS_PER_SESSION = 5;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final long MIRROR_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    /// Most records of one fetch from the consumer, which bounds them in number only: at most 8 MiB of events of 256 KiB, and a batch goes
    /// over its bytes by no more than that. Compressed they may have been next to nothing, so bytes of fetches do not bound them.
    private static final int PORTION = 32;
    /// Most bytes of values in one batch, when no portion goes over it. Events of 500 bytes reach the number of records first.
    private static final long BATCH_BYTES = 2 * 1024 * 1024;

    private final String topic;
    private final int batchSize;
    private final int portion;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    /// Partitions that were taken or lost within the present poll: what was read of them before is void.
    private final Set<Integer> reassigned = new HashSet<>();
    private long mirroredAt = System.nanoTime();

    /// @param group of all workers of one generation
    /// @param batchSize most records of one [#poll]
    /// @param session after which a silent worker's partitions go to the others
    public KafkaTouchpointLog(Brokers brokers, String topic, String group, int batchSize, Duration session, Owner owner) {
        this.topic = topic;
        this.batchSize = batchSize;
        this.portion = Math.min(PORTION, batchSize);
        this.consumer = new KafkaConsumer<>(settings(brokers, group, portion, session), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.admin = Admin.create(brokers.client(Map.of()));
        consumer.subscribe(Set.of(topic), new Rebalance(owner));
    }

    private static Map<String, Object> settings(Brokers brokers, String group, int portion, Duration session) {
        return brokers.client(Map.ofEntries(
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, group),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                // A position outside the log means that log and database do not belong together: stop and say so, never start over.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class)),
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis()),
                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.toMillis() / HEARTBEATS_PER_SESSION),
                Map.entry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000),
                // Other writers may use transactions: what they abort is no event.
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, portion),
                // The broker collects for so long before it answers: some tens of records share a transaction then.
                Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20),
                Map.entry(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 * 1024),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1024 * 1024),
                Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis()),
                Map.entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis()),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)));
    }

    @Override
    public Polled poll(Duration timeout) {
        mirrorPositions();
        var decoded = new ArrayList<Decoded>();
        long bytes = 0;
        var wait = timeout;
        while (bytes < BATCH_BYTES && decoded.size() + portion <= batchSize) {
            var fetched = consumer.poll(wait);
            dropReassigned(decoded);
            if (fetched.isEmpty()) {
                break;
            }
            for (var record : fetched) {
                bytes += Math.max(0, record.serializedValueSize());
                decoded.add(RecordDecoder.decode(record));
            }
            wait = Duration.ZERO; // only what the consumer has fetched already
        }
        return new Polled(decoded, positions());
    }

    private void dropReassigned(List<Decoded> decoded) {
        if (!reassigned.isEmpty()) {
            decoded.removeIf(record -> reassigned.contains(record.position().partition()));
            reassigned.clear();
        }
    }

    private Map<Integer, Long> positions() {
        var positions = new HashMap<Integer, Long>();
        consumer.assignment().forEach(partition -> positions.put(partition.partition(), consumer.position(partition)));
        return positions;
    }

    /// High watermarks, beyond what the consumer may read while a transaction is open. Asked over a connection of its own: the consumer's
    /// would answer after the fetch before it.
    @Override
    public Map<Integer, Long> ends() {
        var ends = new HashMap<Integer, Long>();
        try {
            LogEnds.ask(admin, consumer.assignment(), REQUEST_TIMEOUT).get()
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RetriableException silent) {
                throw new SilentLogException("the broker does not answer: " + silent.getMessage(), silent);
            }
            throw new KafkaException("the broker does not say where the log ends: " + failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking where the log ends", interrupted);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
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
                reassigned.addAll(numbers(partitions));
                owner.taken(numbers(partitions)).forEach((partition, next) -> consumer.seek(new TopicPartition(topic, partition), next));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            reassigned.addAll(numbers(partitions));
            owner.lost(numbers(partitions));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).collect(Collectors.toList());
        }
    }
}
