package io.throughline.journey.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.events.log.Brokers;
import io.throughline.journey.publish.FindingTail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads the topic of findings from a place on, without a group. A place names the next offset of each partition, as in `0:17-1:4-2:9`: offsets
/// outlive whoever named them.
public final class KafkaFindingTail implements FindingTail {

    private static final int PATIENCE_MILLIS = 5_000;
    /// A finding stays below 128 KiB: what is held for one slow reader, below two MiB.
    private static final int AT_A_TIME = 8;
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,5}:[0-9]{1,18}(-[0-9]{1,5}:[0-9]{1,18}){0,999}");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TreeMap<Integer, Long> next = new TreeMap<>();

    private KafkaFindingTail(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    public static FindingTail open(Brokers brokers, String topic, @Nullable String place, @Nullable Instant since) {
        var from = place == null ? null : offsets(place);
        var tail = new KafkaFindingTail(new KafkaConsumer<>(brokers.client(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", // of a place on another log: rather twice than not at all
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_A_TIME,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 * 1024,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 512 * 1024,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        try {
            tail.seek(topic, from, since);
            return tail;
        } catch (RuntimeException failure) {
            tail.close();
            throw failure;
        }
    }

    private static Map<Integer, Long> offsets(String place) {
        if (!PLACE.matcher(place).matches()) {
            throw new IllegalArgumentException("not a place on the topic of findings");
        }
        var offsets = new TreeMap<Integer, Long>();
        for (var part : place.split("-")) {
            var colon = part.indexOf(':');
            offsets.put(Integer.valueOf(part.substring(0, colon)), Long.valueOf(part.substring(colon + 1)));
        }
        return offsets;
    }

    private void seek(String topic, @Nullable Map<Integer, Long> from, @Nullable Instant since) {
        var partitions = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList();
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions);
        if (from != null) {
            // A partition that the place does not name is younger than it.
            partitions.forEach(partition -> next.put(partition.partition(), from.getOrDefault(partition.partition(), 0L)));
        } else {
            partitions.forEach(partition -> next.put(partition.partition(), ends.get(partition)));
            if (since != null) {
                consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> Math.max(0, since.toEpochMilli()))))
                        .forEach((partition, found) -> {
                            if (found != null) {
                                next.put(partition.partition(), found.offset());
                            }
                        });
            }
        }
        next.forEach((partition, offset) -> consumer.seek(new TopicPartition(topic, partition), offset));
    }

    @Override
    public List<Told> poll(Duration timeout) {
        var told = new ArrayList<Told>();
        for (var record : consumer.poll(timeout)) {
            next.put(record.partition(), record.offset() + 1);
            if (record.value() != null) {
                told.add(new Told(place(), new String(record.value(), UTF_8)));
            }
        }
        return told;
    }

    @Override
    public String place() {
        return next.entrySet().stream().map(partition -> partition.getKey() + ":" + partition.getValue()).collect(Collectors.joining("-"));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
