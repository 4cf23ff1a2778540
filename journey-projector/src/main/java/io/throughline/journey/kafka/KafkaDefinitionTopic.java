package io.throughline.journey.kafka;

import io.throughline.events.definition.DefinitionCodec;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.log.Brokers;
import io.throughline.journey.definition.DefinitionTopic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Definitions as CloudEvents in binary mode, in the one partition of their topic.
public final class KafkaDefinitionTopic implements DefinitionTopic {

    private static final int PARTITION = 0;
    private static final int PATIENCE_MILLIS = 8_000;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public KafkaDefinitionTopic(Brokers brokers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(brokers.client(Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0, // somebody waits for each
                ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS)), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public long append(DefinitionRecord definition) {
        var written = DefinitionCodec.write(definition);
        var record = new ProducerRecord<>(topic, PARTITION, written.key(), written.value());
        written.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        try {
            return producer.send(record).get().offset();
        } catch (ExecutionException failed) {
            throw new KafkaException("the log did not take a definition: " + failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
