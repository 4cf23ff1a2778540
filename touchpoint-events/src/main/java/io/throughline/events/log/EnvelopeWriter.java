package io.throughline.events.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.events.Envelope;
import io.throughline.events.KnownTime;
import io.throughline.events.Subject;
import io.throughline.events.log.LogRecord.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Envelope to CloudEvents binary mode on Kafka (Kafka Protocol Binding for CloudEvents 1.0.2): attributes in `ce_` headers, data as the value.
public final class EnvelopeWriter {

    static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
    static final byte[] JSON = "application/json".getBytes(UTF_8);

    private EnvelopeWriter() {}

    /// @param data JSON in UTF-8, or `null` where the event has none
    public static LogRecord write(Envelope envelope, byte @Nullable [] data) {
        var attributes = envelope.attributes();
        var headers = new ArrayList<Header>(15 + attributes.extensions().size());
        headers.add(new Header("ce_specversion", SPEC_VERSION));
        put(headers, "ce_id", attributes.id());
        put(headers, "ce_source", attributes.source());
        put(headers, "ce_type", attributes.type());
        put(headers, "ce_time", attributes.timestamp());
        put(headers, "ce_subject", subject(envelope.subject()));
        put(headers, "ce_identityns", envelope.subject().namespace());
        put(headers, "ce_contenthash", envelope.contentHash().toString());
        put(headers, "ce_channel", attributes.channel());
        put(headers, "ce_sequence", attributes.sequence());
        put(headers, "ce_correlationid", attributes.correlationId());
        put(headers, "ce_causationid", attributes.causationId());
        put(headers, "ce_resubmissionof", attributes.resubmissionOf());
        put(headers, "ce_dataschema", attributes.dataSchema());
        put(headers, "ce_" + KnownTime.ATTRIBUTE, attributes.knownTime().text());
        attributes.extensions().forEach((name, value) -> put(headers, "ce_" + name, value));
        if (data != null) {
            headers.add(new Header("content-type", JSON));
        }
        return new LogRecord(envelope.subject().key().getBytes(UTF_8), headers, data);
    }

    private static String subject(Subject subject) {
        return switch (subject) {
            case Subject.Person person -> person.token().toString();
            case Subject.Control control -> control.identity().text();
        };
    }

    private static void put(List<Header> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(new Header(name, value.getBytes(UTF_8)));
        }
    }
}
