package io.throughline.events.log;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Identity;
import io.throughline.events.Rfc3339;
import io.throughline.events.Subject;
import io.throughline.events.Text;
import io.throughline.events.Token;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// CloudEvents binary mode on Kafka to an envelope. Feed it the headers of one record, in order, then ask for the [#reading].
///
/// It never throws: the log is shared, and what another writer put there must not stop its readers.
public final class EnvelopeReader {

    private static final String PREFIX = "ce_";

    /// What came of reading one record.
    public sealed interface Reading {
        record Readable(Envelope envelope) implements Reading {}

        /// @param reason what is missing or wrong, without the value
        record Unreadable(String reason) implements Reading {}
    }

    private @Nullable String specVersion;
    private @Nullable String id;
    private @Nullable String source;
    private @Nullable String type;
    private @Nullable String time;
    private @Nullable String subject;
    private @Nullable String identityNamespace;
    private @Nullable String contentHash;
    private @Nullable String channel;
    private @Nullable String sequence;
    private @Nullable String correlationId;
    private @Nullable String causationId;
    private @Nullable String resubmissionOf;
    private @Nullable String dataSchema;
    private final TreeMap<String, String> extensions = new TreeMap<>();
    private @Nullable String fault;

    /// Takes one header; those without the CloudEvents prefix are none of ours.
    public EnvelopeReader header(String name, byte @Nullable [] bytes) {
        if (!name.startsWith(PREFIX) || bytes == null || fault != null) {
            return this;
        }
        String value = Text.ofUtf8(bytes);
        if (value == null || !Text.isPlain(value)) {
            fault = "header " + (Text.isPlain(name) ? name : "(name not printable)") + " is not plain UTF-8 text";
            return this;
        }
        switch (name) {
            case "ce_specversion" -> specVersion = value;
            case "ce_id" -> id = value;
            case "ce_source" -> source = value;
            case "ce_type" -> type = value;
            case "ce_time" -> time = value;
            case "ce_subject" -> subject = value;
            case "ce_identityns" -> identityNamespace = value;
            case "ce_contenthash" -> contentHash = value;
            case "ce_channel" -> channel = value;
            case "ce_sequence" -> sequence = value;
            case "ce_correlationid" -> correlationId = value;
            case "ce_causationid" -> causationId = value;
            case "ce_resubmissionof" -> resubmissionOf = value;
            case "ce_dataschema" -> dataSchema = value;
            default -> extensions.put(name.substring(PREFIX.length()), value);
        }
        return this;
    }

    /// The envelope, or the first thing that is wrong.
    public Reading reading() {
        if (fault == null) {
            fault = missing();
        }
        if (fault != null) {
            return new Reading.Unreadable(fault);
        }
        if (!"1.0".equals(specVersion)) {
            return new Reading.Unreadable("ce_specversion is not 1.0");
        }
        try {
            var attributes = new Attributes(source, id, type, parseTime(time), channel, sequence, correlationId, causationId,
                    resubmissionOf, dataSchema, extensions);
            return new Reading.Readable(new Envelope(attributes, parseSubject(), parseHash()));
        } catch (Malformed malformed) {
            return new Reading.Unreadable(malformed.getMessage());
        }
    }

    private @Nullable String missing() {
        if (specVersion == null) {
            return "ce_specversion is missing: not a CloudEvent in binary mode";
        }
        if (id == null || id.isEmpty()) {
            return "ce_id is missing";
        }
        if (source == null || source.isEmpty()) {
            return "ce_source is missing";
        }
        if (type == null || type.isEmpty()) {
            return "ce_type is missing";
        }
        if (time == null) {
            return "ce_time is missing";
        }
        if (subject == null || identityNamespace == null) {
            return "ce_subject or ce_identityns is missing";
        }
        return contentHash == null ? "ce_contenthash is missing" : null;
    }

    private static OffsetDateTime parseTime(String text) throws Malformed {
        try {
            var time = Rfc3339.parse(text);
            if (time.getYear() >= 1 && time.getYear() <= 9999 && time.getNano() % 1000 == 0) {
                return time;
            }
            throw new Malformed("ce_time is outside the years 1 to 9999 or finer than a microsecond");
        } catch (DateTimeException _) {
            throw new Malformed("ce_time is not an RFC 3339 time");
        }
    }

    private Subject parseSubject() throws Malformed {
        try {
            var control = subject.startsWith(identityNamespace + ":") ? Identity.parse(subject) : null;
            return control != null ? new Subject.Control(control) : new Subject.Person(Token.parse(subject), identityNamespace);
        } catch (IllegalArgumentException _) {
            throw new Malformed("ce_subject is neither a token nor a control subject");
        }
    }

    private ContentHash parseHash() throws Malformed {
        try {
            return ContentHash.parse(contentHash);
        } catch (IllegalArgumentException _) {
            throw new Malformed("ce_contenthash is not 32 hexadecimal digits");
        }
    }

    private static final class Malformed extends Exception {
        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }
}
