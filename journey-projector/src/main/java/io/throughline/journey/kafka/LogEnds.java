package io.throughline.journey.kafka;

import io.throughline.events.log.Brokers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// Where the partitions of a topic end, for those who only look: answers at once with what is known, and asks the broker when that is old.
/// So a lag is what waits on the log also while no worker gets as far as to say so.
public final class LogEnds implements AutoCloseable {

    private static final long OLD_AFTER_NANOS = Duration.ofMillis(500).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admin admin;
    private final Collection<TopicPartition> partitions;
    private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long askedAt = System.nanoTime() - OLD_AFTER_NANOS;

    public LogEnds(Brokers brokers, String topic, int partitions) {
        this.admin = Admin.create(brokers.client(Map.of()));
        this.partitions = IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    }

    /// High watermarks by partition, as far as they are known; never waits for the broker.
    public Map<Integer, Long> latest() {
        if (System.nanoTime() - askedAt > OLD_AFTER_NANOS && asking.compareAndSet(false, true)) {
            ask(admin, partitions, PATIENCE).whenComplete((found, _) -> {
                if (found != null) {
                    found.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
                }
                askedAt = System.nanoTime();
                asking.set(false);
            });
        }
        return Map.copyOf(ends);
    }

    /// High watermarks: also what belongs to transactions that are still open.
    static KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ask(Admin admin, Collection<TopicPartition> partitions, Duration patience) {
        var options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(Math.toIntExact(patience.toMillis()));
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())), options).all();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
