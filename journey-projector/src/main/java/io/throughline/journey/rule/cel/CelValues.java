package io.throughline.journey.rule.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.EventPath;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Events and JSON as CEL sees them, and back. Views, not copies: an expression pays only for what it reads.
///
/// A whole number of 64 bits is an `int`; another number is a `double` where one prints as it, else an [ExactNumber].
final class CelValues {

    /// Characters of a text for one unit of work.
    private static final int READ_A_UNIT = 64;

    private CelValues() {}

    /// What it costs to hand something out.
    ///
    /// @param step units of work of what an expression may do with one element
    /// @param times how often it may go through one text
    record Reading(Meter meter, int step, int times) {

        String text(String text) {
            if (text.length() >= READ_A_UNIT) {
                meter.spend((long) text.length() / READ_A_UNIT * times);
            }
            return text;
        }

        void element() {
            meter.spend(step);
        }
    }

    static Map<String, Object> of(Touchpoint event, Reading reading) {
        return new EventView(event, reading);
    }

    static Object of(JsonNode json, Reading reading) {
        return switch (json.getNodeType()) {
            case OBJECT -> new ObjectView(json, reading);
            case ARRAY -> new ListView(json, reading);
            case STRING -> reading.text(json.textValue());
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> number(json);
            case NULL, MISSING -> NullValue.NULL_VALUE;
            case BINARY, POJO -> throw new IllegalArgumentException("not a JSON value: " + json.getNodeType());
        };
    }

    private static Number number(JsonNode json) {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        return ExactNumber.of(json.decimalValue());
    }

    /// What CEL made, as JSON; a missing node for what JSON cannot say.
    static JsonNode json(Object value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case ObjectView view -> view.json;
            case ListView view -> view.json;
            case String text -> nodes.textNode(text);
            case Boolean truth -> nodes.booleanNode(truth);
            case Long number -> nodes.numberNode(number);
            case UnsignedLong number -> nodes.numberNode(number.bigIntegerValue());
            case ExactNumber number -> decimal(number);
            case Double number when Double.isFinite(number) -> nodes.numberNode(number);
            case Instant moment -> nodes.textNode(moment.toString());
            case Map<?, ?> map -> {
                var object = nodes.objectNode();
                map.forEach((key, member) -> object.set(key.toString(), json(member)));
                yield object;
            }
            case List<?> list -> {
                var array = nodes.arrayNode();
                list.forEach(element -> array.add(json(element)));
                yield array;
            }
            default -> MissingNode.getInstance();
        };
    }

    /// A quotient may have no end; JSON has no place for it.
    private static JsonNode decimal(ExactNumber number) {
        try {
            return JsonNodeFactory.instance.numberNode(number.decimalValue());
        } catch (ArithmeticException _) {
            return MissingNode.getInstance();
        }
    }

    private static final class ObjectView extends AbstractMap<String, Object> {
        private final JsonNode json;
        private final Reading reading;

        ObjectView(JsonNode json, Reading reading) {
            this.reading = reading;
            this.json = json;
        }

        @Override
        public boolean containsKey(Object key) {
            return key instanceof String name && json.has(name);
        }

        @Override
        public Object get(Object key) {
            return containsKey(key) ? of(json.get((String) key), reading) : null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            var members = new LinkedHashMap<String, Object>();
            json.properties().forEach(member -> {
                reading.element();
                members.put(member.getKey(), of(member.getValue(), reading));
            });
            return members.entrySet();
        }
    }

    private static final class ListView extends AbstractList<Object> {
        private final JsonNode json;
        private final Reading reading;

        ListView(JsonNode json, Reading reading) {
            this.reading = reading;
            this.json = json;
        }

        @Override
        public Object get(int index) {
            reading.element();
            return of(json.get(index), reading);
        }

        @Override
        public int size() {
            return json.size();
        }
    }

    private static final class EventView extends AbstractMap<String, Object> {
        private final Touchpoint event;
        private final Reading reading;

        EventView(Touchpoint event, Reading reading) {
            this.reading = reading;
            this.event = event;
        }

        @Override
        public boolean containsKey(Object key) {
            return get(key) != null;
        }

        @Override
        public Object get(Object key) {
            if (!(key instanceof String name) || !EventPath.ATTRIBUTES.contains(name)) {
                return null;
            }
            return switch (name) {
                case "time" -> event.occurredAt();
                case "recordedTime" -> event.recordedAt();
                default -> {
                    var json = EventPath.parse(name).in(event);
                    yield json.isMissingNode() ? null : of(json, reading);
                }
            };
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            var fields = new LinkedHashMap<String, Object>();
            EventPath.ATTRIBUTES.stream().sorted().filter(this::containsKey).forEach(name -> fields.put(name, get(name)));
            return fields.entrySet();
        }
    }
}
