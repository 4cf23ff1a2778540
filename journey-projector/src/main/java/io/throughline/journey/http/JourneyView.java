package io.throughline.journey.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.journey.query.Meta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A journey as callers see it: a page of its touchpoints, and all findings of the person.
///
/// @param next cursor of the next page, or `null`
public record JourneyView(
        String person, List<IdentityView> identities, List<TouchpointView> touchpoints, List<ObjectNode> findings, @Nullable String next, Meta meta) {

    /// @param namespace what kind of identity it is; its value is nobody's business here
    public record IdentityView(String token, String namespace) {}
}
