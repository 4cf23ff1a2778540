package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Who subscribes to the topic `findings`, and what is published while it does.
final class HostileFindings implements AutoCloseable {
    private static final String TOPIC = "findings";

    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> reading;

    private HostileFindings(KafkaConsumer<byte[], byte[]> consumer) {
        // Not a virtual thread: the consumer's monitors would pin it.
        this.reading = CompletableFuture.runAsync(() -> read(consumer), task -> Thread.ofPlatform().daemon().name("findings").start(task));
    }

    /// From the present end of the topic on.
    static HostileFindings subscribe(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(TOPIC).stream().map(info -> new TopicPartition(TOPIC, info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return new HostileFindings(consumer);
    }

    /// Findings of the largest size, with a character outside Latin-1, so that the JVM keeps two bytes for each. They name no person.
    ///
    /// @return how many
    static int publishLarge(Map<String, Object> kafka, int number) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < number; i++) {
                producer.send(new ProducerRecord<>(TOPIC, "hostile-large-" + i, """
                        {"id":"hostile-large-%d","rule":"undelivered","ruleVersion":1,"severity":"low","status":"open","parameters":{},"title":"%s"}"""
                        .formatted(i, "語" + "x".repeat(120 * 1024))));
            }
        }
        return number;
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        try (consumer) {
            while (!ended.get()) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> published.add(new String(record.key(), UTF_8)));
            }
        }
    }

    /// @param finding its id
    boolean has(String finding) {
        return published.contains(finding);
    }

    @Override
    public void close() {
        ended.set(true);
        reading.join();
    }
}
