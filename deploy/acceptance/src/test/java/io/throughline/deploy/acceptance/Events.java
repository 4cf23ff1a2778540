package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// CloudEvents as channels send them.
final class Events {
    private Events() {}

    /// A full event; `data` is an empty object.
    static ObjectNode event(String source, String id, String type, String subject, Instant time) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0").put("source", source).put("id", id).put("type", type).put("subject", subject).put("time", time.toString());
        event.putObject("data");
        return event;
    }
}
