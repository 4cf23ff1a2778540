package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Why.Awaited;
import io.throughline.journey.rule.work.Exhausted;
import io.throughline.journey.rule.work.Limits;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Says why one rule says what it says of one journey, and why it says nothing.
///
/// The evaluator is asked for the verdicts; then the journey is gone through again, and other events are held against what each activation
/// asks for. Nothing of the journey is kept but the activations shown and their nearest candidates.
public final class Explainer {

    /// Units of work to explain one page, beside the evaluation itself: about a second, or a million candidates.
    private static final long WORK = 4_000_000;

    private final Rule rule;
    private final Instant asOf;
    private final Watermarks watermarks;
    private final Journey journey;
    private final List<Census> censuses;
    private final Meter meter = new Meter(Limits.ofWork(WORK));
    private final List<String> notes = new ArrayList<>();
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
        var verdicts = new TreeMap<Verdict, Long>();
        var page = evaluate(verdicts, first, limit);
        var shown = show(page);
        var parts = censuses.stream().map(Census::counted).toList();
        if (verdicts.isEmpty()) {
            notes.addAll(NotActivated.reasons(rule, events, parts));
        }
        return new Why(rule, asOf, events, parts, verdicts, first, shown, notes);
    }

    /// Counts all activations and keeps those of the page.
    private List<Activation> evaluate(SortedMap<Verdict, Long> verdicts, long first, int limit) {
        var page = new ArrayList<Activation>();
        var evaluation = new Rulebook(List.of(rule)).begin(asOf, watermarks, activation -> {
            verdicts.merge(activation.verdict(), 1L, Long::sum);
            if (activation.place() >= first && activation.place() - first < limit) {
                page.add(activation);
            }
        });
        journey.forEach(event -> {
            events++;
            evaluation.accept(event);
            if (!meter.isExhausted()) {
                within("not all events are counted", () -> censuses.forEach(census -> census.see(event, meter)));
            }
        });
        evaluation.finish().overruns().forEach(overrun -> notes.add("the rule takes " + overrun.reason() + " on this journey"));
        page.sort(Comparator.comparing(Activation::place));
        return page;
    }

    private List<Why.Shown> show(List<Activation> activations) {
        if (activations.isEmpty()) {
            return List.of();
        }
        var searches = searches(activations);
        journey.forEach(event -> {
            if (!meter.isExhausted()) {
                var ref = EventRef.to(event);
                within("not every candidate was looked at", () -> searches.forEach(search -> search.consider(event, ref)));
            }
            event.payload().release();
        });
        return searches.stream().map(search -> search.result(awaited(search.activation()))).toList();
    }

    /// As long as the work for one explanation lasts.
    private void within(String leftOut, Runnable work) {
        try {
            work.run();
        } catch (Exhausted exhausted) {
            notes.add(exhausted.getMessage() + ": " + leftOut + "; ask for fewer activations at a time");
        }
    }

    /// One for each activation, which names its event: the journey has it.
    private List<CandidateSearch> searches(List<Activation> activations) {
        var naming = new HashMap<EventRef, Touchpoint>();
        activations.forEach(activation -> naming.put(activation.events().getFirst(), null));
        journey.forEach(event -> {
            naming.replace(EventRef.to(event), event);
            event.payload().release();
        });
        return activations.stream().map(activation -> new CandidateSearch(activation, naming.get(activation.events().getFirst()), meter)).toList();
    }

    private List<Awaited> awaited(Activation activation) {
        return new TreeMap<>(activation.awaited()).entrySet().stream()
                .map(source -> new Awaited(source.getKey(), source.getValue(), watermarks.of(source.getKey())))
                .toList();
    }
}
