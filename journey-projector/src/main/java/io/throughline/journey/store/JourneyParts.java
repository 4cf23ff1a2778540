package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.outline.Kind;
import io.throughline.journey.outline.Outline.Part;
import io.throughline.journey.project.Evaluations.Judged;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Of which kinds of touchpoints each journey is made.
final class JourneyParts {

    private record Row(Token person, UUID kind, Part part) {}

    private JourneyParts() {}

    /// In place of what was written of these persons before.
    static void write(Session session, Map<Token, Judged> judged) {
        // Sorted, as everybody writes them.
        var kinds = new TreeMap<UUID, Kind>();
        var rows = new ArrayList<Row>();
        judged.forEach((person, now) -> now.outline().parts().forEach((kind, part) -> {
            var id = kind.id();
            kinds.put(id, kind);
            rows.add(new Row(person, id, part));
        }));
        rows.sort(Comparator.comparing(Row::person).thenComparing(Row::kind));
        if (!kinds.isEmpty()) {
            session.run("""
                    INSERT INTO touchpoint_kind (id, type, channel, source)
                    SELECT n.* FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS n (id, type, channel, source)
                     WHERE NOT EXISTS (SELECT FROM touchpoint_kind k WHERE k.id = n.id)
                    ON CONFLICT DO NOTHING""",
                    kinds.keySet().toArray(UUID[]::new),
                    Columns.of(kinds.values(), Kind::type, new String[0]),
                    Columns.of(kinds.values(), Kind::channel, new String[0]),
                    Columns.of(kinds.values(), Kind::source, new String[0]));
        }
        session.run("""
                WITH n AS (SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::timestamptz[], $6::timestamptz[])
                                           AS n (person, kind, touchpoints, first_at, last_at)),
                  gone AS (DELETE FROM journey_part p WHERE p.person = ANY($1::uuid[])
                              AND NOT EXISTS (SELECT FROM n WHERE n.person = p.person AND n.kind = p.kind))
                INSERT INTO journey_part AS p (person, kind, touchpoints, first_at, last_at) SELECT * FROM n
                ON CONFLICT (person, kind) DO UPDATE
                   SET touchpoints = excluded.touchpoints, first_at = excluded.first_at, last_at = excluded.last_at
                 WHERE (p.touchpoints, p.first_at, p.last_at) IS DISTINCT FROM (excluded.touchpoints, excluded.first_at, excluded.last_at)""",
                Columns.ids(judged.keySet()),
                Columns.of(rows, row -> row.person().value(), new UUID[0]),
                Columns.of(rows, Row::kind, new UUID[0]),
                Columns.of(rows, row -> row.part().touchpoints(), new Long[0]),
                Columns.of(rows, row -> Session.time(row.part().firstAt()), new OffsetDateTime[0]),
                Columns.of(rows, row -> Session.time(row.part().lastAt()), new OffsetDateTime[0]));
    }
}
