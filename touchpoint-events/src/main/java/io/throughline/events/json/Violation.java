package io.throughline.events.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One thing wrong with a body: where (RFC 6901 JSON pointer) and what, in words for its sender. The offending value is not repeated.
///
/// @param line from 1, where the body is a text that people write; otherwise `null`, as `column` then is
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(String pointer, String detail, @Nullable Integer line, @Nullable Integer column) {

    public Violation(String pointer, String detail) {
        this(pointer, detail, null, null);
    }
}
