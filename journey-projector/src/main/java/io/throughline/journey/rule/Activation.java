package io.throughline.journey.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An event that made a rule apply, with the one verdict it gets: references and parameters, never contents.
///
/// @param rule the rule, of the version that was evaluated
/// @param place among the activations of the rule in this journey, counted from 0 in the order in which they are activated
/// @param events the activating event; patterns that a whole journey activates may name several
/// @param activationAt when the (first) activating event occurred
/// @param deadline where the rule gives one and it is known
/// @param proof the events that the verdict rests on, in the order of the journey
/// @param nearestMiss of a violation: what came closest to preventing it, if anything did
/// @param brokenAt of a violation: when it came about, with a deadline that passed or an event that broke it
/// @param metAt when a violated obligation was met after all, too late
/// @param notes what a reader should know beside it, in stable words: `late-data` (with `: 2026-03-17T00:00:00Z` where the event says when the company knew),
///     `known-time-unknown`, `same instant; order by source`, `this.data.due is missing`;
///     of a violation that is held back, for each source `awaited: /crm` or, where it should have been heard by now, `silent: /crm`
/// @param parameters what [Rule#explain] needs, by placeholder; empty for a satisfied activation
/// @param group what the activating events of a journey agree in, where other evidence may make another of them name the activation; `null`
///     where one event activates. May hold what is personal: never to be stored, see [#slot]
/// @param awaited of a verdict that is held back: by source, through when it must be heard
public record Activation(
        Rule rule,
        long place,
        List<EventRef> events,
        Instant activationAt,
        Verdict verdict,
        @Nullable Deadline deadline,
        Proof proof,
        @Nullable NearestMiss nearestMiss,
        @Nullable Instant brokenAt,
        @Nullable Instant metAt,
        List<String> notes,
        Map<String, String> parameters,
        @Nullable String group,
        Map<String, Instant> awaited) {

    /// The [#group] of what is said of the events that a rule did not look at. No key holds a control character.
    static final String UNSEEN = "\u0001unseen";

    public Activation {
        awaited = Map.copyOf(awaited);
        events = List.copyOf(events);
        notes = Words.clip(notes);
        parameters = Map.copyOf(parameters);
    }

    /// The id of the finding that follows this activation. Hashes: keep it rather than ask twice.
    public FindingId id() {
        return UNSEEN.equals(group) ? FindingId.ofUnseen(rule.id(), events.getFirst()) : FindingId.of(rule.id(), events.getFirst());
    }

    /// The first of the evidence, in the order of the journey, with what names the verdict.
    public List<Evidence> evidence() {
        return proof.pieces();
    }

    /// Stays when another event comes to name this activation: a finding that vanishes is superseded by one that appears with the same slot
    /// in the same journey. Empty where an event names its activation for good. Hashes: keep it rather than ask twice.
    public Optional<UUID> slot() {
        return Optional.ofNullable(group).map(key -> Digest128.of(rule.id() + '\0' + key));
    }

    /// This verdict as long as nobody can know whether it stands.
    ///
    /// @param reasons notes beside its own
    /// @param unheard by source, through when it must be heard
    Activation heldBack(Verdict until, List<String> reasons, Map<String, Instant> unheard) {
        var all = Stream.concat(notes.stream(), reasons.stream()).toList();
        return new Activation(rule, place, events, activationAt, until, deadline, proof, null, null, null, all, parameters, group, unheard);
    }

    /// This verdict where the journey was looked at no further: what was pending is not known.
    Activation cut(String note) {
        var known = verdict == Verdict.PENDING ? Verdict.UNDETERMINED : verdict;
        var all = Stream.concat(notes.stream(), Stream.of(note)).toList();
        return new Activation(rule, place, events, activationAt, known, deadline, proof, nearestMiss, brokenAt, metAt, all, parameters, group, awaited);
    }

    /// By how much the obligation was met too late; `null` unless it was.
    public @Nullable Duration lateBy() {
        return metAt == null || deadline == null ? null : Duration.between(deadline.at(), metAt);
    }

    /// Changes when what is said changes: rule, version, verdict, deadline, evidence, nearest miss, time of meeting it late, notes.
    /// Hashes: keep it rather than ask twice.
    public UUID contentHash() {
        var content = new StringBuilder(256);
        content.append(rule.id()).append('\n').append(rule.version()).append('\n').append(verdict.wire()).append('\n');
        content.append(deadline == null ? "" : deadline.at()).append('\n').append(metAt == null ? "" : metAt).append('\n');
        content.append(proof.count()).append('\t').append(proof.digest()).append('\n');
        if (nearestMiss != null) {
            content.append("missed\t").append(nearestMiss.event().source()).append('\t').append(nearestMiss.event().id()).append('\t');
            content.append(nearestMiss.failed().stream().map(failed -> failed.condition().wire()).collect(Collectors.joining(" "))).append('\n');
        }
        notes.forEach(note -> content.append("note\t").append(note).append('\n'));
        return Digest128.of(content.toString());
    }
}
