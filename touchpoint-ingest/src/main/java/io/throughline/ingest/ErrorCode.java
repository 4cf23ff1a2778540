package io.throughline.ingest;

import io.throughline.events.Problem;

/// Why a request or one of its events is turned away. The wire name is stable and for programs; texts may change.
public enum ErrorCode {
    MALFORMED_JSON("malformed-json", 400, "Not JSON"),
    MALFORMED_TEXT("malformed-text", 400, "Not UTF-8"),
    MALFORMED_ENCODING("malformed-encoding", 400, "The compressed body cannot be read"),
    INVALID_EVENT("invalid-event", 400, "Not a valid CloudEvent"),
    TIME_AHEAD("time-ahead", 400, "The event lies in the future"),
    INVALID_SOURCE("invalid-source", 400, "Not a valid definition of a source"),
    INVALID_PARAMETER("invalid-parameter", 400, "A parameter is not what it should be"),
    INVALID_REQUEST("invalid-request", 400, "The request cannot be understood"),
    NOT_PERMITTED("not-permitted", 403, "This key may not do that"),
    FOREIGN_SOURCE("foreign-source", 403, "Another source's event"),
    NOT_FOUND("not-found", 404, "No such resource"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
    BODY_TIMEOUT("body-timeout", 408, "The body did not arrive in time"),
    TOO_MANY_SOURCES("too-many-sources", 409, "Too many sources are registered"),
    VERSION_MISMATCH("version-mismatch", 412, "Not the version that was expected"),
    EVENT_TOO_LARGE("event-too-large", 413, "The event is too large"),
    BODY_TOO_LARGE("body-too-large", 413, "The body is too large"),
    TOO_MANY_EVENTS("too-many-events", 413, "Too many events in one batch"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
    UNSUPPORTED_ENCODING("unsupported-encoding", 415, "Unsupported content encoding"),
    EXPECTATION_FAILED("expectation-failed", 417, "The expectation cannot be met"),
    INTERNAL_ERROR("internal-error", 500, "Something went wrong here"),
    LOG_UNAVAILABLE("log-unavailable", 503, "The log cannot take events now"),
    LOG_BUSY("log-busy", 503, "Too much is waiting for the log"),
    CALLER_BUSY("caller-busy", 503, "Too much of one caller at once"),
    OUTCOME_UNKNOWN("outcome-unknown", 503, "The log has not acknowledged in time"),
    IMPORTS_BUSY("imports-busy", 503, "Too many imports at once");

    private final String wire;
    private final int status;
    private final String title;

    ErrorCode(String wire, int status, String title) {
        this.wire = wire;
        this.status = status;
        this.title = title;
    }

    public String wire() {
        return wire;
    }

    /// @param detail what is wrong with this request and what to do about it; names ids, never contents
    public Problem problem(String detail) {
        return Problem.of(wire, title, status, detail);
    }

    public Refusal refusal(String detail) {
        return new Refusal(problem(detail));
    }
}
