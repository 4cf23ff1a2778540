package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.finding.Reconciliation.Appeared;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.project.FindingStore.Verdict;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Brings the findings of the persons of one transaction into step with their verdicts as these settle.
///
/// Of a verdict that says what it said before nothing is kept but that it was seen. Changes are gathered and written in portions, so that a
/// person with a hundred thousand findings takes no more memory than the names of them.
final class FindingLedger {

    /// Changes written at a time: enough to share a round trip.
    private static final int PORTION = 500;
    /// Bytes of changes, by which a portion ends earlier.
    private static final long PORTION_BYTES = 1024 * 1024;

    private record Change(Verdict verdict, Activation activation) {}

    /// @param standing what stood before and has not been seen again yet
    private record Person(Map<FindingId, UUID> standing, List<Appeared> appeared) {}

    private final FindingStore store;
    private final Reconciliation reconciliation;
    private final Instant at;
    private final Map<Token, Person> persons = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Verdict> gone = new ArrayList<>();
    private long bytes;

    /// @param at evaluation time of the verdicts to come
    FindingLedger(FindingStore store, List<Token> persons, Reconciliation reconciliation, Instant at) {
        this.store = store;
        this.reconciliation = reconciliation;
        this.at = at;
        var standing = store.standing(persons);
        persons.forEach(person -> this.persons.put(person, new Person(standing.getOrDefault(person, Map.of()), new ArrayList<>(0))));
    }

    /// A verdict of a person, once for each activation.
    ///
    /// @return whether it is one that a finding follows
    boolean add(Token person, Activation activation) {
        if (FindingStatus.of(activation).isEmpty()) {
            return false;
        }
        var finding = activation.id();
        var content = activation.contentHash();
        var standing = persons.get(person).standing();
        if (standing.isEmpty() || !content.equals(standing.remove(finding))) {
            changes.add(new Change(new Verdict(person, finding, content), activation));
            bytes += bytes(activation);
            if (changes.size() >= PORTION || bytes >= PORTION_BYTES) {
                writeChanges();
            }
        }
        return true;
    }

    /// About what its finding will take.
    private static long bytes(Activation activation) {
        long bytes = 2_000;
        for (var piece : activation.evidence()) {
            bytes += 200 + 2L * (piece.event().source().length() + piece.event().id().length());
        }
        return bytes;
    }

    /// After the last verdict of a person: what stood and was not seen again is gone.
    void close(Token person) {
        persons.get(person).standing().forEach((finding, content) -> gone.add(new Verdict(person, finding, content)));
        if (gone.size() >= PORTION) {
            writeGone();
        }
    }

    /// Writes what is left.
    void finish() {
        writeGone();
    }

    private void writeChanges() {
        if (changes.isEmpty()) {
            return;
        }
        var findings = changes.stream().map(change -> change.verdict().finding()).toList();
        var published = store.published(findings);
        var dismissed = store.dismissed(findings);
        var revisions = new ArrayList<Finding>();
        for (var change : changes) {
            var person = change.verdict().person();
            var before = published.getOrDefault(person, Map.of()).get(change.verdict().finding());
            var dismissal = dismissed.getOrDefault(person, Map.of()).get(change.verdict().finding());
            reconciliation.revision(person, before, dismissal, change.activation(), at).ifPresent(revision -> {
                revisions.add(revision);
                Appeared.of(before, revision).ifPresent(persons.get(person).appeared()::add);
            });
        }
        store.write(revisions, changes.stream().map(Change::verdict).toList(), List.of());
        changes.clear();
        bytes = 0;
    }

    /// After the changes: one of them may take the place of what is gone.
    private void writeGone() {
        writeChanges();
        for (int from = 0; from < gone.size(); from += PORTION) {
            withdraw(gone.subList(from, Math.min(from + PORTION, gone.size())));
        }
        gone.clear();
    }

    private void withdraw(List<Verdict> verdicts) {
        var published = store.published(verdicts.stream().map(Verdict::finding).toList());
        var revisions = new ArrayList<Finding>();
        for (var verdict : verdicts) {
            var before = published.getOrDefault(verdict.person(), Map.of()).get(verdict.finding());
            if (before != null) {
                reconciliation.withdrawal(before, persons.get(verdict.person()).appeared(), at).ifPresent(revisions::add);
            }
        }
        store.write(revisions, List.of(), verdicts);
    }
}
