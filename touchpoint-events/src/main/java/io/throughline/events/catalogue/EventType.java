package io.throughline.events.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;

/// A type of the catalogue, described for who sends it.
///
/// @param name on the wire, as in `address-changed.v1`
/// @param family that it belongs to, as in `profile`
/// @param meaning a sentence
public record EventType(String name, String family, String meaning, Shape.Structure data) {

    /// Data as a channel would send it.
    ///
    /// @param whole with its optional fields
    public ObjectNode example(boolean whole) {
        var example = EventJson.mapper().createObjectNode();
        data.fields().stream().filter(field -> whole || !field.optional()).forEach(field -> example.set(field.name(), field.example()));
        return example;
    }
}
