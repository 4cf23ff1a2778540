package io.throughline.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.throughline.events.Problem;
import io.throughline.events.access.AccessList;
import io.throughline.events.json.Violation;
import io.throughline.events.openapi.Described;
import io.throughline.ingest.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;

/// What `openapi.yaml` leaves to the code: the problems of each operation, and examples. Part of the build; the running service
/// serves the document that comes of it.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private static final String EVENTS = "/v1/events";
    private static final String IMPORTS = "/v1/imports";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Described.complete(document, ApiDescription::problems, examples());
    }

    static JsonNode examples() {
        return Described.examplesBeside(ApiDescription.class);
    }

    private static List<Problem> problems(HttpMethod method, String path, boolean takesBody) {
        return Stream.concat(Stream.of(AccessList.unauthenticated()),
                Arrays.stream(ErrorCode.values()).filter(code -> occurs(code, method, path, takesBody)).map(ApiDescription::example)).toList();
    }

    private static boolean occurs(ErrorCode code, HttpMethod method, String path, boolean takesBody) {
        boolean ofEvents = path.equals(EVENTS);
        boolean ofImports = path.equals(IMPORTS);
        boolean changesSource = !ofEvents && !ofImports && (method == HttpMethod.PUT || method == HttpMethod.DELETE);
        return switch (code) {
            case INVALID_PARAMETER, INVALID_REQUEST, NOT_PERMITTED, INTERNAL_ERROR -> true;
            case MALFORMED_JSON, MALFORMED_TEXT -> takesBody && !ofImports;
            case MALFORMED_ENCODING, BODY_TIMEOUT, UNSUPPORTED_MEDIA_TYPE, UNSUPPORTED_ENCODING, EXPECTATION_FAILED -> takesBody;
            case BODY_TOO_LARGE -> takesBody && !ofImports;
            case INVALID_EVENT, TIME_AHEAD, FOREIGN_SOURCE, EVENT_TOO_LARGE, TOO_MANY_EVENTS -> ofEvents;
            case INVALID_SOURCE, TOO_MANY_SOURCES -> changesSource && takesBody;
            case VERSION_MISMATCH -> changesSource;
            case NOT_FOUND -> path.endsWith("{name}") && method != HttpMethod.PUT;
            case LOG_UNAVAILABLE -> ofEvents || ofImports || changesSource;
            case LOG_BUSY, OUTCOME_UNKNOWN -> ofEvents || changesSource;
            case CALLER_BUSY -> takesBody;
            case IMPORTS_BUSY -> ofImports;
            // Of other methods than those that are described.
            case METHOD_NOT_ALLOWED -> false;
        };
    }

    private static Problem example(ErrorCode code) {
        return switch (code) {
            case MALFORMED_JSON -> code.problem("There is no JSON here: the body is empty.");
            case MALFORMED_TEXT -> code.problem("The text is not UTF-8 at byte 41.");
            case MALFORMED_ENCODING -> code.problem("The body is not gzip, is damaged, or was cut.");
            case INVALID_EVENT -> code.problem("See errors for what to change; nothing was taken.")
                    .with(List.of(new Violation("/time", "is a time as in 2026-03-02T18:12:00Z")));
            case TIME_AHEAD -> code.problem("A time of the event lies more than PT24H ahead of ours: check the clock and the offset of the source.");
            case INVALID_SOURCE -> code.problem("See errors for what to change; nothing was written.")
                    .with(List.of(new Violation("/heartbeat", "is a duration as in PT15M, longer than PT0S")));
            case INVALID_PARAMETER -> code.problem("There is no parameter limits here.");
            case INVALID_REQUEST -> code.problem("If-Match is a version in quotes, as in If-Match: \"3\".");
            case NOT_PERMITTED -> code.problem("The key viewer may not do that: it needs role operator.");
            case FOREIGN_SOURCE -> code.problem("The key /channels/web may post events of /channels/web only.");
            case NOT_FOUND -> code.problem("No source of this name is registered.");
            case METHOD_NOT_ALLOWED -> code.problem("This path takes POST only.");
            case BODY_TIMEOUT -> code.problem("The body did not arrive within PT30S: send it faster, or less at once.");
            case TOO_MANY_SOURCES -> code.problem("There are 10000 sources, as many as there may be: take one off the register first.");
            case VERSION_MISMATCH -> code.problem("The version in force is 3, not 2: read it and decide again.");
            case EVENT_TOO_LARGE -> code.problem("An event has at most 262144 bytes, inflated: send references instead of contents.");
            case BODY_TOO_LARGE -> code.problem("A body of this kind has at most 5242880 bytes, inflated: send less at once.");
            case TOO_MANY_EVENTS -> code.problem("A batch has at most 10000 events: send several.");
            case UNSUPPORTED_MEDIA_TYPE -> code.problem("Send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers.");
            case UNSUPPORTED_ENCODING -> code.problem("A body comes as it is or with Content-Encoding: gzip.");
            case EXPECTATION_FAILED -> code.problem("The header Expect may say 100-continue and nothing else.");
            case INTERNAL_ERROR -> code.problem("This is our fault. What was sent may or may not have been taken; sending it again is harmless.");
            case LOG_UNAVAILABLE -> code.problem("Nothing of this request was taken: send it again later. The broker does not answer.");
            case LOG_BUSY -> code.problem("Too much waits for the log. Nothing of this request was taken: send it again in a moment.");
            case CALLER_BUSY -> code.problem("The key operator has as much waiting here as one key may have: send this again when others are answered.");
            case OUTCOME_UNKNOWN -> code.problem("It may or may not be on the log: send it again with the same ids, which is harmless.");
            case IMPORTS_BUSY -> code.problem("4 imports run already: send the file again when one has ended.");
        };
    }
}
