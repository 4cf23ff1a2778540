package io.throughline.journey.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.throughline.events.json.EventJson;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingJson;
import io.throughline.journey.run.Projector;
import io.throughline.journey.source.SourceSilence;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Findings as callers see them: what is stored, and the sentence that the rule makes of it, rendered when read.
@ApplicationScoped
class FindingView {

    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};

    private final Projector projector;

    FindingView(Projector projector) {
        this.projector = projector;
    }

    /// As text at once: of a page of findings, one at a time is more than its text.
    ///
    /// @param zone of the times in its sentence; `null` for that of its rule
    RawValue of(Finding finding, @Nullable ZoneId zone) {
        return new RawValue(json(finding, zone).toString());
    }

    /// @param zone of the times in its sentence; `null` for that of its rule
    ObjectNode json(Finding finding, @Nullable ZoneId zone) {
        return explained(FindingJson.write(finding), zone);
    }

    /// With the sentence, what was written of a finding by itself.
    ///
    /// @param zone of the times in its sentence; `null` for that of its rule
    ObjectNode explained(ObjectNode view, @Nullable ZoneId zone) {
        var rule = view.path("rule").asText();
        if (rule.equals(SourceSilence.RULE) && view.has("subject")) {
            return view.put("explanation", SourceSilence.explain(parameters(view), zone == null ? ZoneOffset.UTC : zone));
        }
        view.put("explanation", projector.rules().held().rulebook().rule(rule, view.path("ruleVersion").asInt())
                .map(version -> version.explain(parameters(view), notes(view), Instant.parse(view.path("activationAt").asText()),
                        zone == null ? version.zone() : zone))
                .orElse(null));
        return view;
    }

    private static List<String> notes(ObjectNode view) {
        return view.path("notes").valueStream().map(JsonNode::asText).toList();
    }

    private static Map<String, String> parameters(ObjectNode view) {
        return EventJson.mapper().convertValue(view.path("parameters"), PARAMETERS);
    }
}
