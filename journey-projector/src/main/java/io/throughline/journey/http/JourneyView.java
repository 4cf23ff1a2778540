package io.throughline.journey.http;

import com.fasterxml.jackson.databind.util.RawValue;
import io.throughline.journey.query.Meta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A journey as callers see it: a page of its touchpoints, and a page of the person's findings.
///
/// @param next cursor of the next touchpoints, or `null`
/// @param findings by the time of their activation, rule and id
/// @param findingsNext the `findingsCursor` of the next findings, or `null`
/// @param findingsCount how many findings there are, on all pages
public record JourneyView(
        String person, List<IdentityView> identities, List<TouchpointView> touchpoints, @Nullable String next,
        List<RawValue> findings, @Nullable String findingsNext, long findingsCount, Meta meta) {

    /// @param namespace what kind of identity it is; its value is nobody's business here
    public record IdentityView(String token, String namespace) {}
}
