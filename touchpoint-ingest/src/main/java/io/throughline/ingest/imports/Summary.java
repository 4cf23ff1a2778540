package io.throughline.ingest.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the lines of an import.
///
/// @param lines with content; `accepted` and `refused` of them, and, after an import that was cut short, some that are neither
/// @param refusals the first of them, by line
/// @param reasons why lines were refused, the most frequent first: up to a hundred different ones
/// @param warned events that were accepted, and of which some part no rule of the catalogue will read
/// @param warnings what of them, each once
/// @param bytes read, inflated
/// @param millis from the first byte to the last acknowledgement
/// @param passedOver what of the file, in words
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Summary(long lines, long accepted, long refused, List<RefusedLine> refusals, boolean refusalsTruncated, List<RefusalReason> reasons,
        long warned, List<Warning> warnings, long bytes, long millis, @Nullable String passedOver) {

    /// @param line counted from 1, blank ones too
    /// @param code of the problem
    public record RefusedLine(long line, @Nullable String source, @Nullable String id, String code, String detail) {}

    /// @param events that have it
    /// @param line of the first of them
    public record Warning(String type, String pointer, String detail, long events, long line) {}
    /// @param lines that were refused for it
    /// @param firstLine of them
    public record RefusalReason(String code, String detail, long lines, long firstLine) {
        RefusalReason again() {
            return new RefusalReason(code, detail, lines + 1, firstLine);
        }
    }

    public Summary passedOver(String text) {
        return new Summary(lines, accepted, refused, refusals, refusalsTruncated, reasons, warned, warnings, bytes, millis, text);
    }
}
