package io.throughline.events.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Wire name and `data` to typed event and back.
public final class EventCodec {

    private static final Map<String, Class<? extends TouchpointEvent>> TYPE_BY_NAME = catalogue();

    private EventCodec() {}

    /// Reads an event. Unknown names, and data that lacks a required field or holds one of another type, give a
    /// [GenericTouchpoint]; unknown fields are tolerated. Nothing is dropped and nothing throws.
    ///
    /// @param data the event's data, or `null` where it has none
    public static TouchpointEvent read(String wireName, @Nullable JsonNode data) {
        var type = TYPE_BY_NAME.get(wireName);
        if (type != null) {
            try {
                var event = EventJson.mapper().treeToValue(data == null ? EventJson.mapper().createObjectNode() : data, type);
                if (event != null && isComplete(event)) {
                    return event;
                }
            } catch (JsonProcessingException _) {
                // falls through: what does not fit the catalogue is still an event
            }
        }
        return new GenericTouchpoint(wireName, data);
    }

    /// The `data` of an event; `null` components are left out.
    public static @Nullable JsonNode write(TouchpointEvent event) {
        return event instanceof GenericTouchpoint generic ? generic.data() : EventJson.mapper().<ObjectNode>valueToTree(event);
    }

    public static String wireName(TouchpointEvent event) {
        return event instanceof GenericTouchpoint generic ? generic.type() : wireName(event.getClass());
    }

    /// Every wire name of the catalogue, in alphabetical order.
    public static SortedSet<String> wireNames() {
        return new TreeSet<>(TYPE_BY_NAME.keySet());
    }

    static Class<? extends TouchpointEvent> typeOf(String wireName) {
        return TYPE_BY_NAME.get(wireName);
    }

    private static boolean isComplete(TouchpointEvent event) {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            if (!isOptional(component) && valueOf(event, component) == null) {
                return false;
            }
        }
        return true;
    }

    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object valueOf(TouchpointEvent event, RecordComponent component) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("accessors of public records are public", impossible);
        }
    }

    private static String wireName(Class<?> type) {
        var name = type.getAnnotation(WireName.class);
        if (name == null) {
            throw new IllegalStateException(type.getName() + " has no @WireName");
        }
        return name.value();
    }

    /// Walks the sealed hierarchy, so that a new record is in the catalogue by being there, and fails without a name of its own.
    private static Map<String, Class<? extends TouchpointEvent>> catalogue() {
        var types = new HashMap<String, Class<? extends TouchpointEvent>>();
        for (var type : leaves(TouchpointEvent.class)) {
            if (type != GenericTouchpoint.class && types.put(wireName(type), type.asSubclass(TouchpointEvent.class)) != null) {
                throw new IllegalStateException("two events are called " + wireName(type));
            }
        }
        return Map.copyOf(types);
    }

    private static List<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        var leaves = new ArrayList<Class<?>>();
        for (var permitted : type.getPermittedSubclasses()) {
            leaves.addAll(leaves(permitted));
        }
        return leaves;
    }
}
