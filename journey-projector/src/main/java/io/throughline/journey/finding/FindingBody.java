package io.throughline.journey.finding;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.rule.NearestMiss;
import java.util.HexFormat;

/// The part of a finding that comes from its activation, as JSON: the same for storing and for answering.
public final class FindingBody {

    private static final HexFormat HEX = HexFormat.of();

    private FindingBody() {}

    public static ObjectNode write(Activation activation) {
        var rule = activation.rule();
        var body = EventJson.mapper().createObjectNode();
        body.put("title", rule.title());
        body.put("stage", rule.stage());
        var events = body.putArray("activation");
        activation.events().forEach(event -> reference(events.addObject(), event));
        evidence(activation, body.putArray("evidence"));
        body.put("evidenceCount", activation.proof().count());
        body.put("evidenceDigest", HEX.toHexDigits(activation.proof().digest().getMostSignificantBits())
                + HEX.toHexDigits(activation.proof().digest().getLeastSignificantBits()));
        if (activation.deadline() == null) {
            body.putNull("deadline");
        } else {
            body.putObject("deadline").put("at", activation.deadline().at().toString()).put("computed", activation.deadline().computed());
        }
        nearestMiss(activation.nearestMiss(), body);
        body.put("metAt", activation.metAt() == null ? null : activation.metAt().toString());
        body.put("lateBy", activation.lateBy() == null ? null : activation.lateBy().toString());
        var notes = body.putArray("notes");
        activation.notes().forEach(notes::add);
        if (rule.cost() != null) {
            body.set("cost", EventJson.mapper().valueToTree(rule.cost()));
        }
        var parameters = body.putObject("parameters");
        activation.parameters().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey())
                .forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
        return body;
    }

    private static void evidence(Activation activation, ArrayNode list) {
        for (var piece : activation.evidence()) {
            reference(list.addObject(), piece.event()).put("role", piece.role().wire()).put("occurredAt", piece.occurredAt().toString());
        }
    }

    private static void nearestMiss(NearestMiss miss, ObjectNode body) {
        if (miss == null) {
            body.putNull("nearestMiss");
            return;
        }
        var json = reference(body.putObject("nearestMiss"), miss.event()).put("occurredAt", miss.occurredAt().toString());
        var failed = json.putArray("failed");
        miss.failed().forEach(failure -> write(failure, failed.addObject()));
    }

    public static void write(NearestMiss.Failed failure, ObjectNode json) {
        json.put("condition", failure.condition().wire()).put("detail", failure.detail());
        if (failure.expression() != null) {
            json.put("expression", failure.expression());
        }
    }

    private static ObjectNode reference(ObjectNode json, EventRef event) {
        return json.put("source", event.source()).put("id", event.id());
    }
}
