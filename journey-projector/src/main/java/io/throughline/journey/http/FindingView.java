package io.throughline.journey.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/// Findings as callers see them: what is stored, and the sentence that the rule makes of it, rendered when read.
@ApplicationScoped
class FindingView {

    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};

    private final Rulebook rulebook;

    FindingView(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    ObjectNode of(Finding finding) {
        var body = body(finding);
        var view = EventJson.mapper().createObjectNode();
        view.put("id", finding.id().toString());
        view.put("rule", finding.rule());
        view.put("ruleVersion", finding.ruleVersion());
        view.put("person", finding.person().toString());
        view.put("severity", finding.severity());
        view.put("status", finding.status().wire());
        view.put("verdict", finding.verdict() == null ? null : finding.verdict().wire());
        view.put("revision", finding.revision());
        view.put("historic", finding.historic());
        view.put("activationAt", finding.activationAt().toString());
        view.put("knownAt", finding.knownAt().toString());
        view.put("changedAt", finding.changedAt().toString());
        view.put("explanation", rulebook.rule(finding.rule()).filter(rule -> rule.version() == finding.ruleVersion()).map(rule -> sentence(rule, body)).orElse(null));
        view.setAll(body);
        return view;
    }

    private static String sentence(Rule rule, ObjectNode body) {
        return rule.explain(EventJson.mapper().convertValue(body.path("parameters"), PARAMETERS));
    }

    private static ObjectNode body(Finding finding) {
        try {
            return (ObjectNode) EventJson.mapper().readTree(finding.body());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("we wrote this body ourselves", impossible);
        }
    }
}
