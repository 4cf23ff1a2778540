package io.throughline.journey.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.throughline.events.json.Violation;
import io.throughline.journey.query.Meta;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an event is, and what the rules made of it.
///
/// @param status `accepted` (on the log, waiting), `projected`, `duplicate`, `conflict`, `control`, `unreadable` or `unknown`
/// @param behind of an `accepted` one: records of its partition to be projected up to and including it
/// @param standing of a `duplicate` or `conflict`: the position of the delivery that counts
/// @param reason of an `unreadable` one
/// @param warnings what of it no rule of the catalogue reads, as ingest said when it came in; absent where there is nothing to say
/// @param rules verdicts in which the event plays a part, the first of `rulesCount`
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceiptView(
        String source, String id, String status, @Nullable String position, @Nullable Long behind, @Nullable String standing, @Nullable String reason,
        @Nullable String subject, @Nullable String person, @Nullable String journey, @Nullable Instant occurredAt, @Nullable Instant recordedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> warnings, List<RuleVerdict> rules, long rulesCount, Meta meta) {

    /// @param role the part that the event plays in the verdict
    /// @param activation the event that made the rule apply, as `source#id`
    public record RuleVerdict(String rule, int version, String role, String verdict, String activation) {}
}
