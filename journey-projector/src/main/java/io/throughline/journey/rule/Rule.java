package io.throughline.journey.rule;

import io.throughline.events.Money;
import io.throughline.journey.rule.cel.Condition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the company owes a customer, in one version. Immutable, shared by all evaluations.
///
/// @param id stable; the findings of all versions share it
/// @param stage where in the designed journey it hurts, or `null`
/// @param zone where calendar durations are added and times are shown
/// @param ending when journeys are over for it
/// @param cost what one violation costs, or `null`
/// @param owner who in the company answers for it, or `null`
/// @param activeFrom activations that occurred earlier are none of its business; `null` where it governs all history
/// @param content canonical JSON of all that the rule says but for its examples: tells whether it says something else than before
public record Rule(
        String id,
        int version,
        String title,
        Severity severity,
        @Nullable String stage,
        ZoneId zone,
        Pattern pattern,
        Ending ending,
        Explanation explanation,
        @Nullable Money cost,
        @Nullable String owner,
        @Nullable Instant activeFrom,
        String content) {

    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(content, "content");
    }

    /// The same rule under another number.
    public Rule as(int number) {
        return new Rule(id, number, title, severity, stage, zone, pattern, ending, explanation, cost, owner, activeFrom, content);
    }

    /// The same rule over all history.
    public Rule always() {
        return new Rule(id, version, title, severity, stage, zone, pattern, ending, explanation, cost, owner, null, content);
    }

    /// The events it looks at: those of its pattern, then those that end a journey.
    List<Selector> selectors() {
        return Stream.concat(pattern.selectors().stream(), ending.selectors().stream()).toList();
    }

    /// All conditions that it may test.
    Stream<Condition> conditions() {
        return Stream.concat(selectors().stream().map(Selector::where).filter(Objects::nonNull), pattern.conditions());
    }

    /// The explanation of one activation: the rule's sentence, and whose fault it is where its notes say that the data may have come late.
    ///
    /// @param parameters of that activation: [Activation#parameters]
    /// @param shown the zone of the times in it
    public String explain(Map<String, String> parameters, List<String> notes, Instant activationAt, ZoneId shown) {
        var sentence = explanation.render(parameters, shown);
        return Lateness.sentence(notes, activationAt, shown).map(more -> WhyText.sentence(sentence) + " " + more).orElse(sentence);
    }
}
