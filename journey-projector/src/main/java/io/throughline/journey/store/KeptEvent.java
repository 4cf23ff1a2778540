package io.throughline.journey.store;

import com.fasterxml.jackson.databind.util.RawValue;
import io.throughline.events.json.EventJson;
import io.throughline.journey.project.Decoded;

/// An event that is kept aside, as JSON for people: attributes and data.
final class KeptEvent {

    private KeptEvent() {}

    static String json(Decoded.Event event) {
        var attributes = event.envelope().attributes();
        var json = EventJson.mapper().createObjectNode();
        json.put("source", attributes.source()).put("id", attributes.id()).put("type", attributes.type()).put("time", attributes.timestamp());
        json.put("channel", attributes.channel()).put("sequence", attributes.sequence());
        json.putRawValue("data", event.data() == null ? null : new RawValue(event.data()));
        return json.toString();
    }
}
