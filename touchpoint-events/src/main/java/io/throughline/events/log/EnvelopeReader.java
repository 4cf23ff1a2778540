package io.throughline.events.log;

import io.throughline.events.AttributeLimits;
import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Identity;
import io.throughline.events.KnownTime;
import io.throughline.events.Rfc3339;
import io.throughline.events.Subject;
import io.throughline.events.Text;
import io.throughline.events.Token;
import io.throughline.events.UriText;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// CloudEvents binary mode on Kafka to an envelope. Feed it the headers of one record, in order, then ask for the [#reading].
///
/// It never throws: the log is shared, and what another writer put there must not stop its readers. What exceeds
/// [AttributeLimits] is unreadable, too: no store or reader behind this one meets more than ingest would have let in.
public final class EnvelopeReader {

    private static final String PREFIX = "ce_";
    private static final Set<String> NEVER_EMPTY = Set.of("channel", "sequence", "correlationid", "causationid", "resubmissionof", "dataschema");
    /// In UTF-8, by UTF-16 unit.
    private static final int MAX_BYTES_OF_CHAR = 3;

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
    private @Nullable String knownTime;
    private final TreeMap<String, String> extensions = new TreeMap<>();
    private @Nullable String fault;

    /// Takes one header; those without the CloudEvents prefix are none of ours.
    public EnvelopeReader header(String name, byte @Nullable [] bytes) {
        if (!name.startsWith(PREFIX) || bytes == null || fault != null) {
            return this;
        }
        var attribute = name.substring(PREFIX.length());
        if (!AttributeLimits.isExtensionName(attribute)) {
            fault = "a header's name is not that of an attribute: " + PREFIX + " and 1 to 64 lower-case letters and digits";
            return this;
        }
        int most = AttributeLimits.characters(attribute);
        String value = bytes.length > most * MAX_BYTES_OF_CHAR ? null : Text.ofUtf8(bytes);
        if (bytes.length > most * MAX_BYTES_OF_CHAR || value != null && value.length() > most) {
            fault = "header " + name + " has more than " + most + " characters";
            return this;
        }
        if (value == null || !Text.isPlain(value)) {
            fault = "header " + name + " is not plain UTF-8 text";
            return this;
        }
        if (value.isEmpty() && NEVER_EMPTY.contains(attribute)) {
            fault = "header " + name + " is empty";
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
            case PREFIX + KnownTime.ATTRIBUTE -> knownTime = value;
            default -> extensions.put(attribute, value);
        }
        if (extensions.size() > AttributeLimits.MAX_EXTENSIONS) {
            fault = "it has more than " + AttributeLimits.MAX_EXTENSIONS + " extension attributes";
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
            var occurred = parseTime(time);
            var attributes = new Attributes(source, id, type, occurred, channel, sequence, correlationId, causationId,
                    resubmissionOf, dataSchema, parseKnownTime(occurred), extensions);
            if (AttributeLimits.areTooMany(attributes)) {
                return new Reading.Unreadable("it has more than " + AttributeLimits.MAX_BYTES + " bytes of attributes");
            }
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
        if (!UriText.isReference(source)) {
            return "ce_source is not a URI reference";
        }
        if (dataSchema != null && !UriText.isAbsolute(dataSchema)) {
            return "ce_dataschema is not an absolute URI";
        }
        if (!Identity.isNamespace(identityNamespace)) {
            return "ce_identityns is not a lower-case word of at most 32 letters, digits and hyphens";
        }
        return contentHash == null ? "ce_contenthash is missing" : null;
    }

    private static OffsetDateTime parseTime(String text) throws Malformed {
        try {
            var time = Rfc3339.parse(text);
            if (AttributeLimits.isTime(time)) {
                return time;
            }
            throw new Malformed("ce_time is outside the years " + AttributeLimits.MIN_YEAR + " to " + AttributeLimits.MAX_YEAR);
        } catch (DateTimeException wrong) {
            throw new Malformed("ce_time is not an RFC 3339 time: it " + wrong.getMessage());
        }
    }

    private KnownTime parseKnownTime(OffsetDateTime occurred) throws Malformed {
        try {
            return knownTime == null ? KnownTime.WHEN_RECORDED : KnownTime.parse(knownTime, occurred);
        } catch (DateTimeException wrong) {
            throw new Malformed("ce_knowntime is neither unknown nor a time at which the event can have been known: it " + wrong.getMessage());
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
