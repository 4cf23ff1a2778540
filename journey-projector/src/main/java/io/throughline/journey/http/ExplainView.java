package io.throughline.journey.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Token;
import io.throughline.events.json.EventJson;
import io.throughline.journey.finding.FindingBody;
import io.throughline.journey.query.Filling;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.Why;
import io.throughline.journey.rule.WhyText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Why a rule says what it says of a journey.
///
/// @param events of the journey, by `asOf`
/// @param parts what the rule looks for, how many events are of its types, how many it selects, and what the others failed
/// @param verdicts how many activations have each
/// @param activations a page of them: as in findings, each with its `candidates`, nearest first, of all that were `compared`, and with
///     the sources it has `awaited`
/// @param next cursor of the next page, or `null`
/// @param notes what was left out; why the rule did not apply, where it did not
/// @param sentences all of it for people, as the plain text has it
public record ExplainView(
        String person, String rule, int ruleVersion, String title, String pattern, Instant asOf, long events, List<PartView> parts, Map<String, Long> verdicts,
        List<ObjectNode> activations, @Nullable String next, List<String> notes, List<String> sentences, Meta meta) {

    record PartView(String part, List<String> types, boolean activates, long ofType, long selected, List<FailedView> failed) {
        static PartView of(Why.Part part) {
            return new PartView(part.name(), part.types(), part.activates(), part.ofType(), part.selected(),
                    part.failed().entrySet().stream().map(failed -> FailedView.of(failed.getKey(), failed.getValue())).toList());
        }
    }

    /// @param events how many failed it
    /// @param expression the condition in CEL, where no words say it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FailedView(String condition, String detail, @Nullable String expression, long events) {
        static FailedView of(Failed failed, long events) {
            return new FailedView(failed.condition().wire(), failed.detail(), failed.expression(), events);
        }
    }

    static ExplainView of(Token person, Why why, ZoneId zone, Meta meta) {
        var rule = why.rule();
        var verdicts = new TreeMap<String, Long>();
        why.verdicts().forEach((verdict, count) -> verdicts.put(verdict.wire(), count));
        return new ExplainView(person.toString(), rule.id(), rule.version(), rule.title(), rule.pattern().name(), why.asOf(), why.events(),
                why.parts().stream().map(PartView::of).toList(), verdicts, why.activations().stream().map(shown -> activation(shown, zone)).toList(),
                why.next() == null ? null : Cursors.of(why.next()), why.notes(), WhyText.of(why, zone), meta);
    }

    /// As many of its activations as one answer takes.
    static Why fitting(Why why, ZoneId zone) {
        var filling = new Filling<Integer, Why.Shown>(Room.of(Math.max(1, why.activations().size())));
        for (int place = 0; place < why.activations().size() && filling.end() == null; place++) {
            var activation = why.activations().get(place);
            filling.offer(place, activation, activation(activation, zone).toString().length());
        }
        var shown = filling.page().items();
        return new Why(why.rule(), why.asOf(), why.events(), why.parts(), why.verdicts(), why.first(), shown, why.notes());
    }

    private static ObjectNode activation(Why.Shown shown, ZoneId zone) {
        var activation = shown.activation();
        var json = EventJson.mapper().createObjectNode();
        json.put("finding", activation.id().toString());
        json.put("verdict", activation.verdict().wire());
        json.put("type", shown.type());
        json.put("activationAt", activation.activationAt().toString());
        json.setAll(FindingBody.write(activation));
        json.put("explanation", activation.rule().explain(activation.parameters(), activation.notes(), activation.activationAt(), zone));
        json.set("nearestMiss", shown.nearestMiss() == null ? null : candidate(shown.nearestMiss()));
        var candidates = json.putArray("candidates");
        shown.candidates().forEach(one -> candidates.add(candidate(one)));
        json.put("compared", shown.compared());
        var awaited = json.putArray("awaited");
        shown.awaited().forEach(source -> awaited.addObject().put("source", source.source()).put("through", source.through().toString())
                .put("heardThrough", source.heardThrough() == null ? null : source.heardThrough().toString()));
        return json;
    }

    private static ObjectNode candidate(Why.Candidate candidate) {
        EventRef event = candidate.event();
        var json = EventJson.mapper().createObjectNode()
                .put("source", event.source()).put("id", event.id()).put("type", candidate.type()).put("occurredAt", candidate.occurredAt().toString());
        var failed = json.putArray("failed");
        candidate.failed().forEach(failure -> FindingBody.write(failure, failed.addObject()));
        return json;
    }
}
