package io.throughline.events.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An event that the catalogue does not know: kept, shown, and matched by rules like any other.
///
/// @param type its wire name
/// @param data as sent, or `null`
public record GenericTouchpoint(String type, @Nullable JsonNode data) implements TouchpointEvent {
    public GenericTouchpoint {
        Objects.requireNonNull(type, "type");
    }
}
