package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.project.Evaluations.Judged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// The verdicts of the persons of one transaction: what stood when it was read, and what is written in its place. Only what differs is written.
final class VerdictRows {

    private final Session session;
    /// By person and finding, what its verdict said.
    private final Map<UUID, Map<UUID, UUID>> former = new HashMap<>();

    VerdictRows(Session session) {
        this.session = session;
    }

    /// Reads what stands; to be called once, before [#write].
    void read(Collection<Token> persons) {
        session.run("SELECT person, finding, content FROM verdict WHERE person = ANY($1::uuid[])", (Object) Columns.ids(persons))
                .forEach(row -> former.computeIfAbsent(row.getUUID(0), _ -> new HashMap<>()).put(row.getUUID(1), row.getUUID(2)));
    }

    /// The findings behind which a verdict stood when it was read.
    Set<UUID> findings() {
        var findings = new HashSet<UUID>();
        former.values().forEach(verdicts -> findings.addAll(verdicts.keySet()));
        return findings;
    }

    void write(Map<Token, Judged> judged) {
        var gone = new Keys();
        var changed = new Keys();
        judged.forEach((person, now) -> {
            var left = new HashMap<>(former.getOrDefault(person.value(), Map.of()));
            for (var activation : now.found()) {
                var content = activation.contentHash();
                if (!Objects.equals(left.remove(activation.id().value()), content)) {
                    changed.add(person.value(), activation.id().value(), content);
                }
            }
            left.forEach((finding, content) -> gone.add(person.value(), finding, content));
        });
        if (!gone.isEmpty()) {
            session.run("""
                    DELETE FROM verdict v USING unnest($1::uuid[], $2::uuid[]) AS g (person, finding)
                     WHERE v.person = g.person AND v.finding = g.finding""", gone.persons(), gone.findings());
        }
        if (!changed.isEmpty()) {
            session.run("""
                    INSERT INTO verdict (person, finding, content) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
                    ON CONFLICT (person, finding) DO UPDATE SET content = excluded.content""", changed.persons(), changed.findings(), changed.contents());
        }
    }

    /// Columns for `unnest`.
    private static final class Keys {
        private final List<UUID> persons = new ArrayList<>();
        private final List<UUID> findings = new ArrayList<>();
        private final List<UUID> contents = new ArrayList<>();

        void add(UUID person, UUID finding, UUID content) {
            persons.add(person);
            findings.add(finding);
            contents.add(content);
        }

        boolean isEmpty() {
            return persons.isEmpty();
        }

        UUID[] persons() {
            return persons.toArray(UUID[]::new);
        }

        UUID[] findings() {
            return findings.toArray(UUID[]::new);
        }

        UUID[] contents() {
            return contents.toArray(UUID[]::new);
        }
    }
}
