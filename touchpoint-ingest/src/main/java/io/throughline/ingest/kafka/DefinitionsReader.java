package io.throughline.ingest.kafka;

import io.throughline.events.definition.DefinitionCodec;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.ingest.Position;
import io.throughline.ingest.sources.SourceRegistry;
import io.throughline.ingest.sources.SourceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/// Follows the topic `definitions` from its first record on, on a thread of its own, and evolves the registry. It alone does.
final class DefinitionsReader implements Runnable {

    private static final Logger LOG = Logger.getLogger(DefinitionsReader.class);
    /// Also how long stopping may take.
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_PERIOD = Duration.ofMillis(500);

    private final KafkaSettings settings;
    private final SourceRegistry registry;
    private final BiConsumer<DefinitionRecord, Optional<SourceState>> onRead;
    private final TopicPartition partition;
    private volatile Optional<String> unread = Optional.of("The definitions have not been read yet.");
    private volatile boolean stopped;
    private final OutageLevel level = new OutageLevel(System.nanoTime());
    private long next;

    /// @param onRead told of each record once it has taken effect, or has none
    DefinitionsReader(KafkaSettings settings, SourceRegistry registry, BiConsumer<DefinitionRecord, Optional<SourceState>> onRead) {
        this.settings = settings;
        this.registry = registry;
        this.onRead = onRead;
        this.partition = new TopicPartition(settings.definitions(), 0);
    }

    /// Why not everything that lay there at the start was read yet; empty from then on.
    Optional<String> unread() {
        return unread;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                followOrReport();
                Thread.sleep(RETRY_PERIOD);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The thread outlives whatever a client library throws: without it, changes would no longer be noticed here.
    private void followOrReport() throws InterruptedException {
        try {
            var missing = missingTopic();
            if (missing.isPresent()) {
                report(missing.get());
            } else {
                follow();
            }
        } catch (RuntimeException failure) {
            report(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
    }

    private Optional<String> missingTopic() throws InterruptedException {
        try (var topic = KeptTopic.definitions(settings)) {
            return topic.fault();
        }
    }

    private void follow() {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings.definitionsConsumer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, next);
            long end = end(consumer);
            level.over();
            while (!stopped) {
                if (next >= end && unread.isPresent()) {
                    unread = Optional.empty();
                    LOG.infof("The definitions are read: topic=%s next=%d", settings.definitions(), next);
                }
                consumer.poll(POLL).forEach(this::take);
                next = consumer.position(partition); // beyond the last record where a transaction has left its marker
            }
        }
    }

    private long end(Consumer<?, ?> consumer) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        if (end < next) {
            throw new IllegalStateException("The topic " + settings.definitions() + " ends at " + end + ", before " + next
                    + ", which was read already: it has been replaced. Restart this service.");
        }
        return end;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var position = new Position(record.topic(), record.partition(), record.offset());
        switch (DefinitionCodec.read(KafkaRecords.of(record))) {
            case DefinitionCodec.Reading.Readable(var definition) -> take(definition, position);
            case DefinitionCodec.Reading.Unreadable(var reason) ->
                    LOG.warnf("A definition cannot be read and is passed over: position=%s reason=%s", position, reason);
        }
        next = record.offset() + 1;
    }

    private void take(DefinitionRecord definition, Position position) {
        var inForce = registry.evolve(definition, position);
        if (inForce.orElse(null) instanceof SourceState.Unreadable(_, var reason)) {
            LOG.warnf("A source counts as not registered, for its definition cannot be read here: source=%s position=%s reason=%s",
                    definition.key().id(), position, reason);
        }
        onRead.accept(definition, inForce);
    }

    private void report(String found) {
        if (unread.isPresent()) {
            unread = Optional.of("The definitions cannot be read yet. " + found);
        }
        level.out(found, System.nanoTime()).ifPresent(how -> LOG.logf(how, "The definitions cannot be read now: %s", found));
    }
}
