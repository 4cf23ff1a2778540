package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.CloudEvent;
import io.throughline.events.Envelope;
import io.throughline.events.Identity;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import io.throughline.events.json.CloudEventJson;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.EnvelopeWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A topic of touchpoints, written as ingest writes it, but in the order, and where a test asks for it at the time, that the test says.
final class TouchpointLog implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile @Nullable Exception failure;

    private TouchpointLog(String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(Servers.shared().broker().client(Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                // Brokers forget producers by the time of their records: of an idempotent one with old records nothing would be taken any more.
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// A topic whose broker says when a record was recorded, as in production.
    static TouchpointLog recordedByTheBroker(String topic, int partitions) throws Exception {
        return create(topic, partitions, "LogAppendTime");
    }

    /// A topic whose writer says when a record was recorded: a test can write the traffic of an hour that is over.
    static TouchpointLog recordedByTheWriter(String topic, int partitions) throws Exception {
        return create(topic, partitions, "CreateTime");
    }

    private static TouchpointLog create(String topic, int partitions, String timestamps) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Servers.shared().broker().client(Map.of()))) {
            var settings = Map.of("message.timestamp.type", timestamps, "retention.ms", "-1");
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings),
                    new NewTopic(topic + "-definitions", 1, (short) 1))).all().get();
        }
        return new TouchpointLog(topic);
    }

    String topic() {
        return topic;
    }

    /// Recorded now.
    void write(JsonNode event) {
        write(event, null);
    }

    /// Does not wait for the broker; [#flush] does.
    void write(JsonNode event, @Nullable Instant recordedAt) {
        var written = EnvelopeWriter.write(addressed(event), data(event));
        var record = new ProducerRecord<>(topic, null, recordedAt == null ? null : recordedAt.toEpochMilli(), written.key(), written.value());
        written.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        producer.send(record, (_, failed) -> failure = failed == null ? failure : failed);
    }

    void write(List<? extends JsonNode> events) {
        events.forEach(this::write);
        flush();
    }

    /// Waits until the broker has all that was written.
    void flush() {
        producer.flush();
        if (failure != null) {
            throw new AssertionError("The log did not take all records", failure);
        }
    }

    private static Envelope addressed(JsonNode json) {
        return switch (CloudEventJson.read(json)) {
            case CloudEventJson.Reading.Readable(CloudEvent event) -> event.addressedTo(subject(event.subject()));
            case CloudEventJson.Reading.Invalid invalid -> throw new AssertionError("No event: " + invalid.violations());
        };
    }

    private static Subject subject(Identity identity) {
        return identity.isControl() ? new Subject.Control(identity) : new Subject.Person(token(identity.text()), identity.namespace());
    }

    /// The token of `namespace:value`, as good as one of the vault.
    static Token token(String identity) {
        return new Token(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] data(JsonNode event) {
        try {
            return EventJson.mapper().writeValueAsBytes(event.path("data"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON can be written", impossible);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
