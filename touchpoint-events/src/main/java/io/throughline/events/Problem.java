package io.throughline.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.throughline.events.json.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A refusal or failure as every service answers it: RFC 9457, `application/problem+json`.
///
/// @param type `urn:throughline:problem:` and the code: stable, for programs
/// @param detail what is wrong with this request and what to do about it, for people; names ids, never contents
/// @param errors where in the body, if a body is at fault
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, String detail, @Nullable String instance, String code, @Nullable List<Violation> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(String code, String title, int status, String detail) {
        return new Problem("urn:throughline:problem:" + code, title, status, detail, null, code, null);
    }

    public Problem at(String path) {
        return new Problem(type, title, status, detail, path, code, errors);
    }

    public Problem with(List<Violation> violations) {
        return new Problem(type, title, status, detail, instance, code, List.copyOf(violations));
    }

    public Problem withoutErrors() {
        return new Problem(type, title, status, detail, instance, code, null);
    }
}
