package io.throughline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.CloudEvent;
import io.throughline.events.Identity;
import io.throughline.events.Token;
import io.throughline.events.json.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Links of identities and their withdrawals: the only events that name persons in their data. On the log they name tokens, like all others.
final class IdentityLink {

    private static final Set<String> TYPES = Set.of("identity-linked.v1", "identity-unlinked.v1");
    private static final List<String> ENDS = List.of("from", "to");

    private IdentityLink() {}

    static boolean isLink(CloudEvent event) {
        return TYPES.contains(event.attributes().type());
    }

    /// What keeps a link from being one; empty for every other event.
    static List<Violation> violations(CloudEvent event) {
        var violations = new ArrayList<Violation>();
        if (isLink(event)) {
            for (var end : ENDS) {
                var reason = fault(value(event, end));
                if (reason != null) {
                    violations.add(new Violation("/data/" + end, reason));
                }
            }
        }
        return violations;
    }

    private static @Nullable String fault(@Nullable String identity) {
        if (identity == null) {
            return "is required: an identity, as in customer:4711";
        }
        try {
            return Identity.parse(identity).isControl() ? "must be a person's identity, not an area or a source" : null;
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }

    /// The persons that the data of an admitted event names: two for a link, none for every other event.
    static List<Identity> identities(CloudEvent event) {
        return isLink(event) ? ENDS.stream().map(end -> Identity.parse(value(event, end))).toList() : List.of();
    }

    /// @param tokens of [#identities], in the same order
    static JsonNode tokenised(JsonNode data, List<Token> tokens) {
        ObjectNode link = data.deepCopy();
        for (int i = 0; i < ENDS.size(); i++) {
            link.put(ENDS.get(i), tokens.get(i).toString());
        }
        return link;
    }

    private static @Nullable String value(CloudEvent event, String end) {
        return event.data() == null ? null : event.data().path(end).textValue();
    }
}
