package io.throughline.ingest.imports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What people hand in instead of events one a line, recognised by how its first line with content begins: nothing of it could be taken, and
/// thousands of faults of syntax would not say why.
enum ForeignFormat {
    GZIP("compressed with gzip, though the request does not say so: send it with Content-Encoding: gzip", bytes("\u001f\u008b")),
    ZIP("a zip archive (as spreadsheets are): unpack it, and send the events one a line", bytes("PK\u0003\u0004")),
    OTHER_COMPRESSION("compressed with another program than gzip: send it as it was, or compressed with gzip",
            bytes("BZh").or(bytes("\u00fd7zXZ\u0000")).or(bytes("(\u00b5/\u00fd")).or(bytes("7z\u00bc\u00af"))),
    COLUMNS("a binary file of columns or records (Parquet, Avro, ORC): convert it to one JSON object a line",
            bytes("PAR1").or(bytes("Obj\u0001")).or(bytes("ORC"))),
    UTF_16("text in UTF-16 or UTF-32: save it in UTF-8",
            bytes("\u00ff\u00fe").or(bytes("\u00fe\u00ff")).or(bytes("{\u0000")).or(bytes("\u0000{")).or(bytes("\u0000\u0000\u00fe\u00ff"))),
    JSON_ARRAY("a JSON array: send its events one a line (jq -c '.[]' FILE), or some as application/cloudevents-batch+json to /v1/events",
            text("\\[")),
    INDENTED_JSON("JSON over several lines: send each event in one line (jq -c . FILE), or one event as application/cloudevents+json to /v1/events",
            text("\\{\\s*$")),
    XML("XML: convert it to CloudEvents, one JSON object a line", text("<")),
    CSV("a table of values (CSV): convert it to CloudEvents, one JSON object a line", text("[^{}\\[<,;\\t]+[,;\\t][^{}]*$"));

    /// As many bytes of a line tell what it is.
    private static final int ENOUGH = 512;

    private final String description;
    private final Predicate<String> begins;

    ForeignFormat(String description, Predicate<String> begins) {
        this.description = description;
        this.begins = begins;
    }

    /// What it is and what to do instead, after "it is".
    String description() {
        return description;
    }

    /// @param line the first with content, or how it begins
    static Optional<ForeignFormat> of(ByteBuffer line) {
        var start = StandardCharsets.ISO_8859_1.decode(line.duplicate().limit(Math.min(line.limit(), line.position() + ENOUGH))).toString();
        for (var format : values()) {
            if (format.begins.test(start)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /// One character a byte.
    private static Predicate<String> bytes(String magic) {
        return start -> start.startsWith(magic);
    }

    private static Predicate<String> text(String pattern) {
        return Pattern.compile("^\\s*" + pattern).asPredicate();
    }
}
