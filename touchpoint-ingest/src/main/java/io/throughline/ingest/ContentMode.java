package io.throughline.ingest;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The three ways in which CloudEvents travel over HTTP (HTTP Protocol Binding for CloudEvents 1.0.2, section 3).
public enum ContentMode {
    /// One event, attributes and data in one JSON object.
    STRUCTURED,
    /// A JSON array of structured events.
    BATCH,
    /// Attributes in `ce-` headers, the body is the data.
    BINARY;

    private static final Set<String> UTF_8_NAMES = Set.of("utf-8", "utf8", "us-ascii");

    /// @param contentType the header as it came
    /// @param attributesInHeaders whether any `ce-` header is there
    /// @param bodyPresent a binary event without data needs no content type
    /// @throws Refusal `unsupported-media-type`
    public static ContentMode of(@Nullable String contentType, boolean attributesInHeaders, boolean bodyPresent) {
        if (contentType == null) {
            if (attributesInHeaders && !bodyPresent) {
                return BINARY;
            }
            throw unsupported("There is no Content-Type.");
        }
        requireUtf8(contentType);
        return switch (mediaType(contentType)) {
            case "application/cloudevents+json" -> STRUCTURED;
            case "application/cloudevents-batch+json" -> BATCH;
            case String other when other.startsWith("application/cloudevents") -> throw unsupported("Only the JSON format of CloudEvents is read.");
            case String other when attributesInHeaders && isJson(other) -> BINARY;
            case String _ when attributesInHeaders -> throw unsupported("The data of an event is JSON.");
            case "application/x-ndjson" -> throw unsupported("Files of events, one a line, are sent to /v1/imports.");
            default -> throw unsupported("This is not a CloudEvent.");
        };
    }

    /// Without parameters, in lower case.
    public static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /// @throws Refusal `unsupported-media-type` for a charset other than UTF-8
    public static void requireUtf8(String contentType) {
        var parameters = contentType.split(";");
        for (int i = 1; i < parameters.length; i++) {
            var parameter = parameters[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=") && !UTF_8_NAMES.contains(parameter.substring("charset=".length()).replace("\"", "").strip())) {
                throw unsupported("JSON is read in UTF-8 only.");
            }
        }
    }

    private static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || (mediaType.startsWith("application/") && mediaType.endsWith("+json"));
    }

    private static Refusal unsupported(String what) {
        return ErrorCode.UNSUPPORTED_MEDIA_TYPE.refusal(what + " Send application/cloudevents+json, application/cloudevents-batch+json,"
                + " or ce- headers with an application/json body, in UTF-8.");
    }
}
