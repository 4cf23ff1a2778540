package io.throughline.journey.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.events.log.Brokers;
import io.throughline.journey.publish.FindingTopic;
import io.throughline.journey.publish.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/// Revisions of findings as CloudEvents in binary mode; the key is the finding's id, so its revisions lie in one partition, in order.
public final class KafkaFindingTopic implements FindingTopic {

    /// Shorter than the database lets a transaction sleep: an outage of the broker must not cost the queue's lock.
    private static final int DELIVERY_TIMEOUT_MILLIS = 8_000;

    private static final Logger LOG = Logger.getLogger(KafkaFindingTopic.class);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public KafkaFindingTopic(Brokers brokers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(brokers.client(Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, 1, // a batch is handed over as a whole: one millisecond gathers it
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 4_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS)), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public List<Refused> publish(List<Revision> revisions) {
        var sent = revisions.stream().map(revision -> producer.send(record(revision))).toList();
        var refused = new ArrayList<Refused>();
        for (int i = 0; i < revisions.size(); i++) {
            try {
                sent.get(i).get();
            } catch (ExecutionException failed) {
                if (!isAboutTheRecord(failed.getCause())) {
                    throw new KafkaException("the log did not take a finding: " + failed.getCause().getMessage(), failed.getCause());
                }
                LOG.errorf("The topic %s refuses a revision, which is kept aside: finding=%s revision=%d: %s", topic, revisions.get(i).id(),
                        revisions.get(i).revision(), failed.getCause().getMessage());
                refused.add(new Refused(revisions.get(i), failed.getCause().getClass().getSimpleName()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", interrupted);
            }
        }
        return refused;
    }

    /// Whether the broker would refuse this record again.
    private static boolean isAboutTheRecord(Throwable cause) {
        return cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException;
    }

    private ProducerRecord<byte[], byte[]> record(Revision revision) {
        var record = new ProducerRecord<>(topic, revision.id().toString().getBytes(UTF_8), revision.value().getBytes(UTF_8));
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", revision.id() + (revision.person() == null ? "" : ":" + revision.person()) + ":" + revision.revision());
        header(record, "ce_source", "/throughline/journey-projector");
        header(record, "ce_type", "finding-revised.v1");
        header(record, "ce_time", revision.changedAt().toString());
        header(record, "ce_subject", revision.id().toString());
        if (revision.person() != null) {
            header(record, "ce_person", revision.person().toString());
        }
        header(record, "ce_revision", Integer.toString(revision.revision()));
        header(record, "content-type", "application/json");
        return record;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
