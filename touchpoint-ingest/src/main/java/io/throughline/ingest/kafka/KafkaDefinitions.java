package io.throughline.ingest.kafka;

import io.throughline.events.definition.DefinitionCodec;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.sources.DefinitionLog;
import io.throughline.ingest.sources.SourceRegistry;
import io.throughline.ingest.sources.SourceState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/// The topic `definitions` on Kafka: a producer for the few records written here, and a reader that sees them come back.
public final class KafkaDefinitions implements DefinitionLog, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaDefinitions.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    /// What reading back may take beyond the acknowledgement.
    private static final Duration READ_BACK = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final Producer<byte[], byte[]> producer;
    /// Who waits for which record, by its id: noted before it is sent, so that it cannot be read back unseen.
    private final Map<String, CompletableFuture<Optional<SourceState>>> awaited = new ConcurrentHashMap<>();
    private final DefinitionsReader reader;
    private final Thread reading;

    public KafkaDefinitions(KafkaSettings settings, SourceRegistry registry) {
        this.settings = settings;
        this.producer = new KafkaProducer<>(settings.definitionsProducer());
        this.reader = new DefinitionsReader(settings, registry, this::readBack);
        this.reading = Thread.ofPlatform().daemon().name("definitions").start(reader);
    }

    @Override
    public Optional<String> unread() {
        return reader.unread();
    }

    @Override
    public Optional<SourceState> append(DefinitionRecord record) throws InterruptedException {
        var inForce = new CompletableFuture<Optional<SourceState>>();
        awaited.put(record.id(), inForce);
        try {
            producer.send(KafkaRecords.on(settings.definitions(), DefinitionCodec.write(record)), (_, failure) -> {
                if (failure != null) {
                    inForce.completeExceptionally(failure);
                }
            });
            return inForce.get(settings.deliveryTimeout().plus(READ_BACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            LOG.warnf("A definition was not read back: key=%s version=%d cause=%s", record.key(), record.version(), failure);
            throw ErrorCode.OUTCOME_UNKNOWN.refusal("The change may or may not come into force: send it again, which is harmless.");
        } finally {
            awaited.remove(record.id());
        }
    }

    private void readBack(DefinitionRecord record, Optional<SourceState> effect) {
        var waiting = awaited.get(record.id());
        if (waiting != null) {
            waiting.complete(effect);
        }
    }

    /// Waits shortly for what is under way.
    @Override
    public void close() {
        reader.stop();
        producer.close(CLOSE_TIMEOUT);
        try {
            reading.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
