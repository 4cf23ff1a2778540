package io.throughline.ingest.kafka;

import io.throughline.events.log.LogRecord;
import io.throughline.ingest.Position;
import io.throughline.ingest.TouchpointLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/// The log on Kafka: one idempotent producer that never makes its callers wait, and a watch that knows whether the broker takes events.
///
/// The watch asks the broker every two seconds, also when all is well: a broker that is gone is then known within seconds,
/// and callers are told at once instead of after the delivery timeout.
public final class KafkaLog implements TouchpointLog, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaLog.class);
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(2);
    private static final Duration START_PERIOD = Duration.ofMillis(250);

    private final KafkaSettings settings;
    private final Producer<byte[], byte[]> producer;
    private final LongConsumer acknowledgedNanos;
    private final Thread watch;
    private final OutageLevel level = new OutageLevel(System.nanoTime());
    private volatile Optional<String> outage = Optional.of("The broker has not been asked yet.");

    /// @param acknowledgedNanos told how long each acknowledgement took
    public KafkaLog(KafkaSettings settings, LongConsumer acknowledgedNanos) {
        this.settings = settings;
        this.acknowledgedNanos = acknowledgedNanos;
        this.producer = new KafkaProducer<>(settings.producer());
        this.watch = Thread.ofPlatform().daemon().name("log-watch").start(this::watch);
    }

    @Override
    public Optional<String> outage() {
        return outage;
    }

    @Override
    public CompletableFuture<Position> append(LogRecord record) {
        var done = new CompletableFuture<Position>();
        long handedOver = System.nanoTime();
        try {
            producer.send(KafkaRecords.on(settings.topic(), record), (metadata, failure) -> {
                if (failure == null) {
                    acknowledgedNanos.accept(System.nanoTime() - handedOver);
                }
                settle(done, metadata, failure);
            });
        } catch (KafkaException | IllegalStateException notTaken) {
            done.completeExceptionally(notTaken);
        }
        return done;
    }

    private static void settle(CompletableFuture<Position> done, RecordMetadata metadata, Exception failure) {
        if (failure != null) {
            done.completeExceptionally(failure);
        } else if (!metadata.hasOffset()) {
            // A retry that the broker knew as such but no longer where: on the log, but without a position we could answer.
            done.completeExceptionally(new KafkaException("acknowledged as a duplicate without an offset"));
        } else {
            done.complete(new Position(metadata.topic(), metadata.partition(), metadata.offset()));
        }
    }

    private void watch() {
        try (var topic = KeptTopic.touchpoints(settings)) {
            while (!Thread.currentThread().isInterrupted()) {
                report(fault(topic));
                Thread.sleep(outage.isEmpty() ? WATCH_PERIOD : START_PERIOD);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The watch outlives whatever a client library throws: without it nobody would learn that the broker is back.
    private Optional<String> fault(KeptTopic topic) throws InterruptedException {
        try {
            return topic.fault().or(this::missingMetadata);
        } catch (RuntimeException unexpected) {
            LOG.debug("The log could not be watched", unexpected);
            return Optional.of("The state of the broker cannot be told (" + unexpected.getClass().getSimpleName() + ").");
        }
    }

    /// Asking also makes the producer fetch what it lacks, so that a send finds it there.
    private Optional<String> missingMetadata() {
        try {
            producer.partitionsFor(settings.topic());
            return Optional.empty();
        } catch (TimeoutException _) {
            return Optional.of("The producer does not know the partitions of the topic " + settings.topic() + " yet.");
        }
    }

    private void report(Optional<String> found) {
        if (found.isPresent()) {
            level.out(found.get(), System.nanoTime()).ifPresent(how -> LOG.logf(how, "The log cannot take events: %s", found.get()));
        } else if (outage.isPresent()) {
            level.over();
            LOG.infof("The log takes events: topic=%s bootstrapServers=%s", settings.topic(), settings.brokers());
        }
        outage = found;
    }

    /// Waits shortly for what is under way.
    @Override
    public void close() {
        watch.interrupt();
        producer.close(Duration.ofSeconds(2));
    }
}
