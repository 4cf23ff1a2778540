package io.throughline.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.throughline.events.Problem;
import io.throughline.events.json.Violation;
import io.throughline.ingest.Outcome;
import java.net.URLEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller learns about the events of one request, in their order.
record EventAnswer(List<Item> items) {

    /// @param status `accepted` or `rejected`; absent where the outcome is unknown
    /// @param receipt where to ask what became of the event later
    /// @param warnings what of an accepted event no rule of the catalogue will read; absent where there is nothing to say
    record Item(
            @Nullable String source, @Nullable String id, @Nullable String status, @Nullable String position, @Nullable String receipt,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> warnings, @Nullable Problem problem) {

        static Item of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Accepted(var source, var id, var position, var warnings) ->
                        new Item(source, id, "accepted", position.toString(), receipt(source, id, position.toString()), warnings, null);
                case Outcome.Rejected(var source, var id, var problem) -> new Item(source, id, "rejected", null, null, List.of(), problem);
                case Outcome.Unknown(var source, var id) -> new Item(source, id, null, null, null, List.of(), null);
            };
        }

        private static String receipt(String source, String id, String position) {
            return "/v1/receipts?source=" + encoded(source) + "&id=" + encoded(id) + "&position=" + encoded(position);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, UTF_8).replace("+", "%20");
        }
    }

    /// A batch of which some outcomes are unknown: the problem, and what is known.
    record Incomplete(@JsonUnwrapped Problem problem, List<Item> items) {}

    static EventAnswer of(List<Outcome> outcomes) {
        return new EventAnswer(outcomes.stream().map(Item::of).toList());
    }
}
