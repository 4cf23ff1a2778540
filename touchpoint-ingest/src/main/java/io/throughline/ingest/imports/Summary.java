package io.throughline.ingest.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the lines of an import.
///
/// @param lines with content; `accepted` and `refused` of them, and, after an import that was cut short, some that are neither
/// @param refusals the first of them, by line
/// @param warned events that were accepted, and of which some part no rule of the catalogue will read
/// @param warnings what of them, each once
/// @param bytes read, inflated
/// @param millis from the first byte to the last acknowledgement
public record Summary(
        long lines, long accepted, long refused, List<RefusedLine> refusals, boolean refusalsTruncated, long warned, List<Warning> warnings, long bytes,
        long millis) {

    /// @param line counted from 1, blank ones too
    /// @param code of the problem
    public record RefusedLine(long line, @Nullable String source, @Nullable String id, String code, String detail) {}

    /// @param events that have it
    /// @param line of the first of them
    public record Warning(String type, String pointer, String detail, long events, long line) {}
}
