package io.throughline.journey.finding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Token;
import io.throughline.events.json.EventJson;
import io.throughline.journey.Payload;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.Event;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.SourceState;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rule.file.RuleFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A finding fits a record of the log (1 MiB with its envelope) many times, whatever texts events and rules bring along.
class FindingSizeTest {

    private static final int MOST = 128 * 1024;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// The longest texts that are taken, of characters that take the most bytes in JSON.
    private static String longest(String character, int length, int number) {
        var end = String.valueOf(number);
        return character.repeat((length - end.length()) / character.length()) + end;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\u6f22", "\u0800", "\ud83d\ude00"})
    void ofTheLongestTexts(String character) {
        var largest = 0;
        for (var rule : rules(character)) {
            for (var activation : evaluate(rule, character)) {
                if (FindingStatus.of(activation).isPresent()) {
                    var finding = Finding.first(activation.id(), Token.parse("0".repeat(32)), activation, FindingStatus.OPEN, false, START);
                    largest = Math.max(largest, FindingJson.write(finding).toString().getBytes(UTF_8).length);
                }
            }
        }
        assertThat(largest).isBetween(30 * 1024, MOST);
    }

    private static List<Rulebook> rules(String character) {
        var json = EventJson.mapper();
        var sentence = IntStream.range(0, 45).mapToObj(i -> "{this.data.f" + i + "}").reduce("", String::concat);
        var where = "this.data.f0 == '" + longest(character.equals("\"") ? "\u6f22" : character, 900, 0) + "'";
        var rules = new ArrayList<Rulebook>();
        for (var pattern : List.of("not-precedence", "not-succession", "precedence", "response", "contradiction", "repetition", "exactly")) {
            var rule = json.createObjectNode().put("id", "r").put("pattern", pattern).put("explain", sentence).put("title", longest(character, 200, 1));
            rule.set("when", json.createObjectNode().put("type", "a"));
            switch (pattern) {
                case "not-precedence", "not-succession" -> rule.set("forbid", json.createObjectNode().put("type", "a"));
                case "precedence", "response" -> {
                    rule.set("expect", json.createObjectNode().put("type", "a").put("where", where)
                            .put("source", longest(character, 200, 7)).put("channel", "c"));
                    rule.put("where", where.replace("f0", "f1"));
                    rule.putArray("by").add("data.same").add("data.n");
                    rule.put("within", "PT1S");
                }
                case "contradiction" -> rule.put("value", "this.data.n").put("across", "this.id");
                case "repetition" -> rule.put("count", 2).put("within", "PT720H");
                default -> {
                    rule.remove("when");
                    rule.put("n", 1).set("expect", json.createObjectNode().put("type", "a"));
                }
            }
            rules.add(RuleFiles.read("r.json", rule.toString()));
        }
        return rules;
    }

    private static List<Activation> evaluate(Rulebook rulebook, String character) {
        var activations = new ArrayList<Activation>();
        var at = START.plus(Duration.ofDays(400));
        var sources = IntStream.range(0, 50).mapToObj(i ->
                new SourceState(longest(character, 256, i), List.of("a"), Duration.ofDays(100), Duration.ofDays(100), null));
        var evaluation = rulebook.begin(at, new Watermarks(at, sources.toList()), activations::add);
        for (int i = 0; i < 300; i++) {
            var data = EventJson.mapper().createObjectNode().put("same", 1).put("n", i);
            for (int field = 0; field < 45; field++) {
                data.put("f" + field, longest(character, 300, field));
            }
            evaluation.accept(event(i, character, data));
        }
        evaluation.finish();
        assertThat(activations).isNotEmpty();
        return activations;
    }

    private static Touchpoint event(int number, String character, JsonNode data) {
        var event = Event.event(START.plusSeconds(number * 10L).toString(), "a", null)
                .from(longest(character, 256, 7)).named(longest(character, 256, number)).touchpoint();
        return new Touchpoint(event.token(), event.namespace(), event.key(), event.attributes(), event.order(), event.contentHash(),
                event.recordedAt(), event.position(), Payload.ofJson(data));
    }
}
