package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.project.Evaluations.Judged;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;

/// Whose verdict waits for which source to be heard.
final class Awaiting {

    /// Those whose verdict waited for a source that has been heard far enough by now, at the evaluation time `$1`: a query to be joined with others.
    static final String NO_LONGER = """
            SELECT a.person AS id FROM awaiting a
              JOIN (SELECT s.name, max(h.heard) - s.delay * interval '1 microsecond' AS mark
                      FROM source s JOIN source_heard h ON h.source = s.name AND h.recorded_by <= $1
                     WHERE s.registered AND s.heartbeat IS NOT NULL GROUP BY s.name) w
                ON w.name = a.source AND a.through <= w.mark""";

    private Awaiting() {}

    /// In place of what each of these persons waited for before.
    static void write(Session session, Map<Token, Judged> judged) {
        session.run("DELETE FROM awaiting WHERE person = ANY($1::uuid[])", (Object) Columns.ids(judged.keySet()));
        var persons = new ArrayList<UUID>();
        var sources = new ArrayList<String>();
        var through = new ArrayList<OffsetDateTime>();
        judged.forEach((person, now) -> now.awaited().forEach((source, moment) -> {
            persons.add(person.value());
            sources.add(source);
            through.add(Session.time(moment));
        }));
        if (!persons.isEmpty()) {
            session.run("INSERT INTO awaiting (person, source, through) SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[])",
                    persons.toArray(UUID[]::new), sources.toArray(String[]::new), through.toArray(OffsetDateTime[]::new));
        }
    }
}
