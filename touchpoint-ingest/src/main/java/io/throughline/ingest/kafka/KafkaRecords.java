package io.throughline.ingest.kafka;

import io.throughline.events.log.LogRecord;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Records as we know them, to and from records as the client knows them.
final class KafkaRecords {

    private KafkaRecords() {}

    static ProducerRecord<byte[], byte[]> on(String topic, LogRecord record) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        return new ProducerRecord<>(topic, null, record.key(), record.value(), headers);
    }

    static LogRecord of(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<LogRecord.Header>();
        record.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
        return new LogRecord(record.key(), headers, record.value());
    }
}
