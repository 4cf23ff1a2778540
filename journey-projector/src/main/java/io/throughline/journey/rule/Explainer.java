package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Why.Awaited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Says why one rule says what it says of one journey, and why it says nothing.
///
/// The evaluator is asked for the verdicts; then the journey is gone through again, and other events are held against what each activation
/// asks for. Nothing of the journey is kept but the activations shown and their nearest candidates.
public final class Explainer {

    private final Rule rule;
    private final Instant asOf;
    private final Watermarks watermarks;
    private final Journey journey;
    private final List<Census> censuses;
    private final Budget budget = new Budget();
    private long events;

    /// A journey that can be gone through more than once.
    @FunctionalInterface
    public interface Journey {

        /// Hands over every event, in the total order; the same ones each time.
        void forEach(Consumer<Touchpoint> event);
    }

    private Explainer(Rule rule, Instant asOf, Watermarks watermarks, Journey journey) {
        this.rule = rule;
        this.asOf = asOf;
        this.watermarks = watermarks;
        this.journey = each -> journey.forEach(event -> {
            if (!event.occurredAt().isAfter(asOf)) {
                each.accept(event);
            }
        });
        this.censuses = Census.of(rule);
    }

    /// @param first the place of the first activation to show, counted from 0
    /// @param limit how many activations to show at most
    /// @throws IllegalArgumentException where `asOf` lies after the evaluation time
    public static Why explain(Rule rule, Instant asOf, Watermarks watermarks, Journey journey, long first, int limit) {
        return new Explainer(rule, asOf, watermarks, journey).explain(first, limit);
    }

    private Why explain(long first, int limit) {
        var activations = evaluate();
        var verdicts = new TreeMap<Verdict, Long>();
        activations.forEach(activation -> verdicts.merge(activation.verdict(), 1L, Long::sum));
        var shown = show(activations.stream().skip(first).limit(limit).toList());
        var parts = censuses.stream().map(Census::counted).toList();
        var notes = new ArrayList<String>();
        if (budget.isSpent()) {
            notes.add(Budget.NOTE + ": not every candidate was looked at; ask for fewer activations at a time");
        }
        if (activations.isEmpty()) {
            notes.addAll(NotActivated.reasons(rule, events, parts));
        }
        return new Why(rule, asOf, events, parts, verdicts, first, shown, notes);
    }

    private List<Activation> evaluate() {
        var evaluation = new Rulebook(List.of(rule)).begin(asOf, watermarks);
        journey.forEach(event -> {
            events++;
            censuses.forEach(census -> census.see(event));
            evaluation.accept(event);
        });
        return evaluation.finish().activations();
    }

    private List<Why.Shown> show(List<Activation> activations) {
        if (activations.isEmpty()) {
            return List.of();
        }
        var searches = searches(activations);
        journey.forEach(event -> {
            var ref = EventRef.to(event);
            searches.forEach(search -> search.consider(event, ref, budget));
        });
        return searches.stream().map(search -> search.result(awaited(search.activation()))).toList();
    }

    /// One for each activation, which names its event: the journey has it.
    private List<CandidateSearch> searches(List<Activation> activations) {
        var naming = new HashMap<EventRef, Touchpoint>();
        activations.forEach(activation -> naming.put(activation.events().getFirst(), null));
        journey.forEach(event -> naming.replace(EventRef.to(event), event));
        return activations.stream().map(activation -> new CandidateSearch(activation, naming.get(activation.events().getFirst()))).toList();
    }

    private List<Awaited> awaited(Activation activation) {
        return new TreeMap<>(activation.awaited()).entrySet().stream()
                .map(source -> new Awaited(source.getKey(), source.getValue(), watermarks.of(source.getKey())))
                .toList();
    }
}
