package io.throughline.journey.finding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;

/// A finding as JSON, the same in answers and on the topic `findings`.
public final class FindingJson {

    private FindingJson() {}

    public static ObjectNode write(Finding finding) {
        var json = EventJson.mapper().createObjectNode();
        json.put("id", finding.id().toString());
        json.put("rule", finding.rule());
        json.put("ruleVersion", finding.ruleVersion());
        if (finding.person() != null) {
            json.put("person", finding.person().toString());
        } else {
            json.put("subject", finding.subject());
        }
        json.put("severity", finding.severity());
        json.put("status", finding.status().wire());
        json.put("verdict", finding.verdict() == null ? null : finding.verdict().wire());
        json.put("revision", finding.revision());
        json.put("historic", finding.historic());
        json.put("activationAt", finding.activationAt().toString());
        json.put("knownAt", finding.knownAt().toString());
        json.put("changedAt", finding.changedAt().toString());
        json.put("supersededBy", finding.supersededBy() == null ? null : finding.supersededBy().toString());
        json.setAll(body(finding));
        return json;
    }

    private static ObjectNode body(Finding finding) {
        try {
            return (ObjectNode) EventJson.mapper().readTree(finding.body());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("we wrote this body ourselves", impossible);
        }
    }
}
