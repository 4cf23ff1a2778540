package io.throughline.journey.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A touchpoint as callers see it.
///
/// @param occurredAt with the offset of the source's clock
/// @param data JSON as on the log
/// @param knownTime when the company knew of it, as its source or its import says: a time, or `unknown`
/// @param extensions further CloudEvents attributes, where there are any
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TouchpointView(
        String source, String id, String type, @Nullable String channel, OffsetDateTime occurredAt, Instant recordedAt, @Nullable String knownTime, String position,
        @Nullable String sequence, @Nullable String correlationId, @Nullable String causationId, Map<String, String> extensions,
        @JsonRawValue @Nullable String data) {

    static TouchpointView of(Touchpoint touchpoint) {
        var attributes = touchpoint.attributes();
        return new TouchpointView(attributes.source(), attributes.id(), attributes.type(), attributes.channel(), attributes.time(), touchpoint.recordedAt(),
                attributes.knownTime().text(), touchpoint.position().toString(), attributes.sequence(), attributes.correlationId(), attributes.causationId(), attributes.extensions(),
                touchpoint.payload().text());
    }
}
