package io.throughline.deploy.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Attributes;
import io.throughline.events.Identity;
import io.throughline.events.KnownTime;
import io.throughline.events.catalogue.EventCodec;
import io.throughline.events.catalogue.TouchpointEvent;
import io.throughline.events.json.CloudEventJson;
import java.time.Instant;
import java.time.ZoneOffset;

/// One event of the demo, as its source would have sent it: the company knew of it at once.
public record DemoEvent(String source, String id, Identity subject, Instant at, TouchpointEvent what) {

    /// The whole CloudEvent, structured.
    public ObjectNode toJson() {
        var time = at.atOffset(ZoneOffset.UTC);
        var attributes = Attributes.of(source, id, EventCodec.wireName(what), time).known(new KnownTime.Stated(time));
        return CloudEventJson.write(attributes, subject, EventCodec.write(what));
    }
}
