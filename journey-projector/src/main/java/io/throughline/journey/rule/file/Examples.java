package io.throughline.journey.rule.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.CloudEvent;
import io.throughline.events.Token;
import io.throughline.events.json.CloudEventJson;
import io.throughline.journey.Payload;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.Verdict;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs the examples of a rule: the events of a short journey and the verdicts that the rule must give.
final class Examples {

    private static final int MAX_EVENTS = 1_000;
    /// When an event became known, where that was not when it occurred.
    private static final String RECORDED = "recordedTime";
    /// After every deadline: an example without `asOf` shows how a story ends.
    private static final Instant LONG_AFTER = Instant.parse("9999-12-31T00:00:00Z");
    private static final Token CUSTOMER = Token.parse("0".repeat(32));
    private static final Map<String, String> DEFAULTS =
            Map.of("specversion", "1.0", "source", "/example", "subject", "customer:example");

    private Examples() {}

    /// Notes every example that does not come out as it says. An example may lie before the rule's `activeFrom`: it shows what the rule says.
    ///
    /// @param work pays for it
    /// @return the outcome of each that can be read
    /// @throws io.throughline.journey.rule.work.Exhausted where that is too little
    static List<ExampleOutcome> run(Element examples, Rule rule, Meter work) {
        var rulebook = new Rulebook(List.of(rule.always()));
        return examples.items().stream().map(example -> run(example, rulebook, work)).filter(Objects::nonNull).toList();
    }

    private static @Nullable ExampleOutcome run(Element example, Rulebook rulebook, Meter work) {
        int before = example.faults().count();
        example.permits(Set.of("name", "events", "asOf", "expect"));
        var name = example.at("name").required("what the example shows").text(RuleReader.MAX_TEXT);
        var asOf = example.at("asOf").parsed(64, RuleReader::moment);
        var expected = example.at("expect").required("the verdict of each activation, as in [ satisfied ]").items().stream()
                .map(word -> word.parsed(64, Examples::verdict))
                .toList();
        var journey = journey(example.at("events").required("CloudEvents with at least type and time"));
        if (example.faults().count() > before) {
            return null;
        }
        var evaluation = rulebook.beginSmall(asOf == null ? LONG_AFTER : asOf, Watermarks.none());
        journey.forEach(evaluation::accept);
        var result = evaluation.finish();
        work.spend(result.outcome().work());
        var verdicts = result.activations().stream().map(activation -> activation.verdict().wire()).toList();
        if (!verdicts.equals(expected)) {
            example.at("expect").fault("example \"" + name + "\" expects " + expected + ", but the rule gives " + verdicts);
        }
        return new ExampleOutcome(name, example.line(), expected, verdicts);
    }

    private static String verdict(String word) {
        var words = Arrays.stream(Verdict.values()).map(Verdict::wire).collect(Collectors.toSet());
        if (!words.contains(word)) {
            throw new IllegalArgumentException("must be one of " + words.stream().sorted().collect(Collectors.joining(", ")));
        }
        return word;
    }

    /// The events in the order of the journey, in whatever order they are written.
    static List<Touchpoint> journey(Element events) {
        var items = events.items();
        if (items.size() > MAX_EVENTS) {
            events.fault("has more than " + MAX_EVENTS + " events");
            return List.of();
        }
        var journey = new ArrayList<Touchpoint>();
        for (int i = 0; i < items.size(); i++) {
            var event = event(items.get(i), i);
            var recordedAt = items.get(i).at(RECORDED).parsed(64, RuleReader::moment);
            if (event != null) {
                journey.add(touchpoint(event, recordedAt == null ? event.attributes().occurredAt() : recordedAt, i));
            }
        }
        if (journey.stream().map(Touchpoint::key).distinct().count() < journey.size()) {
            events.fault("has two events with the same source and id");
        }
        return journey.stream().sorted().toList();
    }

    private static @Nullable CloudEvent event(Element element, int index) {
        if (!(element.node() instanceof ObjectNode written)) {
            element.fault("must be a CloudEvent with at least type and time");
            return null;
        }
        ObjectNode event = written.deepCopy().without(RECORDED);
        DEFAULTS.forEach((name, value) -> event.putIfAbsent(name, event.textNode(value)));
        event.putIfAbsent("id", event.textNode("example-" + (index + 1)));
        return switch (CloudEventJson.read(event)) {
            case CloudEventJson.Reading.Readable(var readable) -> readable;
            case CloudEventJson.Reading.Invalid invalid -> {
                invalid.violations().forEach(violation -> element.faults().add(element.pointer() + violation.pointer(), violation.detail()));
                yield null;
            }
        };
    }

    private static Touchpoint touchpoint(CloudEvent event, Instant recordedAt, int index) {
        var attributes = event.attributes();
        var payload = event.data() == null ? Payload.ofText(null) : Payload.ofJson(event.data());
        return new Touchpoint(CUSTOMER, event.subject().namespace(), attributes.key(), attributes, attributes.order(), event.contentHash(),
                recordedAt, new Position("example", 0, index), payload);
    }
}
