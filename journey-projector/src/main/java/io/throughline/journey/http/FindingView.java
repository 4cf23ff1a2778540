package io.throughline.journey.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.throughline.events.json.EventJson;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingJson;
import io.throughline.journey.run.Projector;
import io.throughline.journey.source.SourceSilence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/// Findings as callers see them: what is stored, and the sentence that the rule makes of it, rendered when read.
@ApplicationScoped
class FindingView {

    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};

    private final Projector projector;

    FindingView(Projector projector) {
        this.projector = projector;
    }

    /// As text at once: of a page of findings, one at a time is more than its text.
    RawValue of(Finding finding) {
        return new RawValue(json(finding).toString());
    }

    ObjectNode json(Finding finding) {
        return explained(FindingJson.write(finding));
    }

    /// With the sentence, what was written of a finding by itself.
    ObjectNode explained(ObjectNode view) {
        var rule = view.path("rule").asText();
        if (rule.equals(SourceSilence.RULE) && view.has("subject")) {
            return view.put("explanation", SourceSilence.explain(parameters(view)));
        }
        view.put("explanation", projector.rules().held().rulebook().rule(rule, view.path("ruleVersion").asInt())
                .map(version -> version.explain(parameters(view)))
                .orElse(null));
        return view;
    }

    private static Map<String, String> parameters(ObjectNode view) {
        return EventJson.mapper().convertValue(view.path("parameters"), PARAMETERS);
    }
}
