package io.throughline.events;

import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How much an event may say about itself beside its data. Ingest refuses what is longer, and readers of the log take it for
/// unreadable: what stands in a table, a finding or an answer is never longer, whatever wrote the log.
public final class AttributeLimits {

    /// Most characters of an id, a source or a type.
    public static final int MAX_NAME = 256;
    /// Most characters of any other attribute.
    public static final int MAX_VALUE = 1024;
    /// Most extension attributes.
    public static final int MAX_EXTENSIONS = 32;
    /// Most bytes of all attributes together, in UTF-8, with the names of extensions: a sixteenth of the largest event. Sixteen
    /// extensions may be as long as one may be, or all of them half as long.
    public static final int MAX_BYTES = 16 * 1024;
    public static final int MIN_YEAR = 1900;
    public static final int MAX_YEAR = 2199;

    /// Most bytes of one character in UTF-8, by UTF-16 unit.
    private static final int BYTES_OF_CHAR = 3;
    private static final int MAX_EXTENSION_NAME = 64;
    /// Where the data and its kind stand in JSON: an extension of that name could pass for them.
    private static final Set<String> OF_THE_DATA = Set.of("data", "datacontenttype");

    private AttributeLimits() {}

    /// Of an attribute by its CloudEvents name.
    public static int characters(String attribute) {
        return switch (attribute) {
            case "id", "source", "type" -> MAX_NAME;
            default -> MAX_VALUE;
        };
    }

    /// Whether an extension may be called so: 1 to 64 lower-case letters and digits (CloudEvents 1.0, section 3.1).
    public static boolean isExtensionName(String name) {
        if (name.isEmpty() || name.length() > MAX_EXTENSION_NAME || OF_THE_DATA.contains(name)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /// Within the years that times of events lie in, so that no deadline overflows.
    public static boolean isTime(OffsetDateTime time) {
        return time.getYear() >= MIN_YEAR && time.getYear() <= MAX_YEAR;
    }

    /// Whether all attributes together keep [#MAX_BYTES].
    public static boolean areTooMany(Attributes attributes) {
        return size(attributes, String::length) * BYTES_OF_CHAR > MAX_BYTES && size(attributes, AttributeLimits::utf8) > MAX_BYTES;
    }

    private static int size(Attributes attributes, Measure measure) {
        int size = measure.of(attributes.source()) + measure.of(attributes.id()) + measure.of(attributes.type())
                + optional(attributes.channel(), measure) + optional(attributes.sequence(), measure)
                + optional(attributes.correlationId(), measure) + optional(attributes.causationId(), measure)
                + optional(attributes.resubmissionOf(), measure) + optional(attributes.dataSchema(), measure);
        for (var extension : attributes.extensions().entrySet()) {
            size += measure.of(extension.getKey()) + measure.of(extension.getValue());
        }
        return size;
    }

    @FunctionalInterface
    private interface Measure {
        int of(String text);
    }

    private static int optional(@Nullable String text, Measure measure) {
        return text == null ? 0 : measure.of(text);
    }

    private static int utf8(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A pair of surrogates is four bytes: two for each.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
