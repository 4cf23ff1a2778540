package io.throughline.bench.bare;

import io.throughline.events.log.Brokers;
import java.time.Duration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Records to the log as fast as it takes them, with ingest's own settings.
public final class BareProducer {
    private static final int KIB = 1024;

    private BareProducer() {}

    /// Of a process that is told by its environment: `KAFKA_BOOTSTRAP_SERVERS`, `KAFKA_CREDENTIALS_FILE`.
    static Brokers brokers(Map<String, String> environment) {
        return Brokers.of(environment.get("KAFKA_BOOTSTRAP_SERVERS"), Optional.of(Path.of(environment.get("KAFKA_CREDENTIALS_FILE"))));
    }

    /// As ingest has them.
    static Map<String, Object> settings(Brokers brokers) {
        return brokers.client(Map.of(
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
                ProducerConfig.BATCH_SIZE_CONFIG, 64 * KIB,
                ProducerConfig.BUFFER_MEMORY_CONFIG, 40L * KIB * KIB));
    }

    /// Records per second that were acknowledged during `measured`, after `warmUp` at the same load.
    ///
    /// @param record the record of a number, from 1
    /// @throws KafkaException when one was not taken
    public static double recordsPerSecond(
            Brokers brokers, LongFunction<ProducerRecord<byte[], byte[]>> record, Duration warmUp, Duration measured) {
        try (var producer = new KafkaProducer<byte[], byte[]>(settings(brokers))) {
            var acknowledged = new AtomicLong();
            var failures = new AtomicLong();
            long from = System.nanoTime() + warmUp.toNanos();
            long to = from + measured.toNanos();
            long number = 0;
            for (long now = System.nanoTime(); now < to; now = System.nanoTime()) {
                producer.send(record.apply(++number), (_, failure) -> {
                    long at = System.nanoTime();
                    if (failure != null) {
                        failures.incrementAndGet();
                    } else if (at >= from && at < to) {
                        acknowledged.incrementAndGet();
                    }
                });
            }
            producer.flush();
            if (failures.get() > 0) {
                throw new KafkaException(failures.get() + " records were not taken by the log");
            }
            return acknowledged.get() / (measured.toNanos() / 1e9);
        }
    }

    /// Appends `count` records and returns when all are acknowledged.
    public static void append(Brokers brokers, LongFunction<ProducerRecord<byte[], byte[]>> record, long count) {
        try (var producer = new KafkaProducer<byte[], byte[]>(settings(brokers))) {
            var failures = new AtomicLong();
            for (long number = 1; number <= count; number++) {
                producer.send(record.apply(number), (_, failure) -> failures.addAndGet(failure == null ? 0 : 1));
            }
            producer.flush();
            if (failures.get() > 0) {
                throw new KafkaException(failures.get() + " records were not taken by the log");
            }
        }
    }
}
