package io.throughline.journey.rule;

import io.throughline.journey.rule.NearestMiss.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Why a rule says what it says of one journey, and why it does not say more: references, never contents.
///
/// The verdicts are the evaluator's own; the rest is found by holding other events against what each activation asks for.
///
/// @param asOf what occurred later does not exist
/// @param events of the journey by then
/// @param parts what the rule looks for, and how much of it the journey has
/// @param verdicts how many activations have each
/// @param first the place of the first activation shown
/// @param activations a page of them, in the order of the journey
/// @param notes what was left out, and why nothing made the rule apply where nothing did
public record Why(
        Rule rule, Instant asOf, long events, List<Part> parts, SortedMap<Verdict, Long> verdicts, long first, List<Shown> activations, List<String> notes) {

    public Why {
        parts = List.copyOf(parts);
        verdicts = new TreeMap<>(verdicts);
        activations = List.copyOf(activations);
        notes = List.copyOf(notes);
    }

    /// How many activations there are, shown or not.
    public long total() {
        return verdicts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The place of the first activation after those shown; `null` if there is none.
    public @Nullable Long next() {
        return first + activations.size() < total() ? first + activations.size() : null;
    }

    /// One selector of the rule.
    ///
    /// @param name as in rule files: `when`, `expect`, `fact.set`
    /// @param activates whether what it selects makes the rule apply
    /// @param ofType how many events are of its types
    /// @param selected how many of these it selects
    /// @param failed what kept it from selecting the others, and how many
    public record Part(String name, List<String> types, boolean activates, long ofType, long selected, Map<Failed, Long> failed) {

        public Part {
            types = List.copyOf(types);
        }
    }

    /// One activation.
    ///
    /// @param type of the event that names it
    /// @param nearestMiss what came closest to settling it: as in the finding, where there is one; `null` where it is settled well, or nothing came near
    /// @param candidates what came closest to being what the rule speaks of, and why it is not; nearest first
    /// @param compared how many events were held against it
    /// @param awaited whom the verdict waits for
    public record Shown(Activation activation, String type, @Nullable Candidate nearestMiss, List<Candidate> candidates, long compared, List<Awaited> awaited) {

        public Shown {
            candidates = List.copyOf(candidates);
            awaited = List.copyOf(awaited);
        }
    }

    /// An event that could have been the one, and what it failed.
    public record Candidate(EventRef event, String type, Instant occurredAt, List<Failed> failed) {

        public Candidate {
            failed = List.copyOf(failed);
        }
    }

    /// @param through when the source must be heard
    /// @param heardThrough its watermark; `null` if it was never heard
    public record Awaited(String source, Instant through, @Nullable Instant heardThrough) {}
}
