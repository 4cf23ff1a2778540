package io.throughline.events.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Rfc3339;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.LogRecord;
import io.throughline.events.log.LogRecord.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Definitions to and from CloudEvents in binary mode on Kafka: the key as `ce_subject`, version and author as extension attributes.
public final class DefinitionCodec {

    /// The `ce_source` of all definitions; which service wrote one does not matter to its readers.
    public static final String SOURCE = "/throughline/definitions";

    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header CE_SOURCE = header("ce_source", SOURCE);
    private static final Header JSON = header("content-type", "application/json");

    private DefinitionCodec() {}

    /// What came of reading one record.
    public sealed interface Reading {
        record Readable(DefinitionRecord definition) implements Reading {}

        /// @param reason what is missing or wrong, without the value
        record Unreadable(String reason) implements Reading {}
    }

    public static LogRecord write(DefinitionRecord definition) {
        var headers = new ArrayList<>(List.of(
                SPEC_VERSION,
                CE_SOURCE,
                header("ce_id", definition.id()),
                header("ce_type", definition.type()),
                header("ce_time", definition.at().toString()),
                header("ce_subject", definition.key().toString()),
                header("ce_version", Long.toString(definition.version())),
                header("ce_by", definition.by())));
        if (definition.value() != null) {
            headers.add(JSON);
        }
        return new LogRecord(definition.key().toString().getBytes(UTF_8), headers, bytes(definition.value()));
    }

    /// Reads one record. It never throws: the log is shared, and what another writer put there must not stop its readers.
    public static Reading read(LogRecord record) {
        try {
            requireSpecVersion(record);
            var definition = new DefinitionRecord(required(record, "ce_id"), DefinitionKey.parse(required(record, "ce_subject")),
                    required(record, "ce_type"), version(record), required(record, "ce_by"), time(record), value(record));
            return new Reading.Readable(definition);
        } catch (Malformed | IllegalArgumentException malformed) {
            return new Reading.Unreadable(malformed.getMessage());
        }
    }

    private static void requireSpecVersion(LogRecord record) throws Malformed {
        if (!required(record, "ce_specversion").equals("1.0")) {
            throw new Malformed("ce_specversion is not 1.0");
        }
    }

    private static long version(LogRecord record) throws Malformed {
        try {
            return Long.parseLong(required(record, "ce_version"));
        } catch (NumberFormatException _) {
            throw new Malformed("ce_version is not a number");
        }
    }

    private static Instant time(LogRecord record) throws Malformed {
        try {
            return Rfc3339.parse(required(record, "ce_time")).toInstant();
        } catch (DateTimeException wrong) {
            throw new Malformed("ce_time is not an RFC 3339 time: it " + wrong.getMessage());
        }
    }

    private static @Nullable JsonNode value(LogRecord record) throws Malformed {
        if (record.value() == null || record.value().length == 0) {
            return null;
        }
        try {
            return EventJson.mapper().readTree(record.value());
        } catch (IOException _) {
            throw new Malformed("the value is not JSON, or exceeds the limits of ours");
        }
    }

    private static String required(LogRecord record, String name) throws Malformed {
        for (var header : record.headers()) {
            if (header.name().equals(name) && header.value() != null && header.value().length > 0) {
                return text(header);
            }
        }
        throw new Malformed(name + " is missing");
    }

    private static String text(Header header) throws Malformed {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(header.value())).toString();
        } catch (CharacterCodingException _) {
            throw new Malformed("header " + header.name() + " is not UTF-8 text");
        }
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }

    private static byte @Nullable [] bytes(@Nullable JsonNode value) {
        try {
            return value == null ? null : EventJson.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON can be written", impossible);
        }
    }

    private static final class Malformed extends Exception {
        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }
}
