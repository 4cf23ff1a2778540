package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.journey.rule.file.RuleFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes a case smaller as long as checker and evaluator still differ: fewer events, fewer words in the rule, fewer sources, less data.
final class Shrinking {

    private Shrinking() {}

    static Difference of(Difference difference) {
        var smallest = difference;
        for (var smaller = next(smallest); smaller != null; smaller = next(smallest)) {
            smallest = smaller;
        }
        return smallest;
    }

    private static Difference next(Difference difference) {
        return smaller(difference.of()).flatMap(Shrinking::differing).findFirst().orElse(null);
    }

    private static Stream<Difference> differing(Case smaller) {
        try {
            return Difference.in(smaller).stream();
        } catch (RuleFileException _) {
            return Stream.empty();
        }
    }

    private static Stream<Case> smaller(Case of) {
        return Stream.of(
                        without(of.events()).map(events -> with(of, of.rule(), events, of.sources())),
                        without(of.sources()).map(sources -> with(of, of.rule(), of.events(), sources)),
                        documents(of.rule()).map(rule -> with(of, rule, of.events(), of.sources())),
                        Stream.of(new Case(of.rule(), of.events(), of.sources(), of.calendars(), of.asOf(), of.asOf())).filter(other -> !other.equals(of)),
                        each(of.events(), Shrinking::plainer).map(events -> with(of, of.rule(), events, of.sources())),
                        each(of.sources(), Shrinking::quieter).map(sources -> with(of, of.rule(), of.events(), sources)))
                .flatMap(cases -> cases);
    }

    private static Case with(Case of, JsonNode rule, List<PlainEvent> events, List<PlainSource> sources) {
        return new Case(rule, events, sources, of.calendars(), of.time(), of.asOf());
    }

    private static <T> Stream<List<T>> without(List<T> all) {
        return IntStream.range(0, all.size()).mapToObj(i -> {
            var fewer = new ArrayList<>(all);
            fewer.remove(i);
            return List.copyOf(fewer);
        });
    }

    private static <T> Stream<List<T>> each(List<T> all, Function<T, Stream<T>> smaller) {
        return IntStream.range(0, all.size()).boxed().flatMap(i -> smaller.apply(all.get(i)).map(one -> {
            var changed = new ArrayList<>(all);
            changed.set(i, one);
            return List.copyOf(changed);
        }));
    }

    /// The rule without one of its members, or without one of a member's.
    private static Stream<JsonNode> documents(JsonNode node) {
        if (!node.isObject()) {
            return Stream.empty();
        }
        return node.properties().stream().flatMap(member -> Stream.concat(
                Stream.of(changed(node, object -> object.without(member.getKey()))),
                documents(member.getValue()).map(smaller -> changed(node, object -> object.set(member.getKey(), smaller)))));
    }

    private static JsonNode changed(JsonNode node, UnaryOperator<ObjectNode> change) {
        var copy = node.<ObjectNode>deepCopy();
        change.apply(copy);
        return copy;
    }

    private static Stream<PlainEvent> plainer(PlainEvent event) {
        var at = event.occurredAt();
        var plain = Stream.of(
                new PlainEvent(event.source(), event.id(), event.type(), null, at, event.recordedAt(), event.sequence(), event.data()),
                new PlainEvent(event.source(), event.id(), event.type(), event.channel(), at, at, event.sequence(), event.data()),
                new PlainEvent(event.source(), event.id(), event.type(), event.channel(), at, event.recordedAt(), null, event.data()),
                new PlainEvent(event.source(), event.id(), event.type(), event.channel(), at, event.recordedAt(), event.sequence(), MissingNode.getInstance()));
        var lessData = documents(event.data())
                .map(data -> new PlainEvent(event.source(), event.id(), event.type(), event.channel(), at, event.recordedAt(), event.sequence(), data));
        return Stream.concat(plain, lessData).filter(other -> !other.equals(event));
    }

    private static Stream<PlainSource> quieter(PlainSource source) {
        return Stream.concat(
                without(source.types()).map(types -> new PlainSource(source.name(), types, source.heartbeat(), source.delay(), source.records())),
                without(source.records()).map(records -> new PlainSource(source.name(), source.types(), source.heartbeat(), source.delay(), records)));
    }
}
