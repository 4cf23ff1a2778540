package io.throughline.journey.store;

import io.throughline.journey.query.Filling;
import io.throughline.journey.query.Page;
import io.throughline.journey.query.Room;
import io.throughline.journey.source.SourceHealth;
import io.throughline.journey.source.SourceHealth.Place;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How sources are doing, from what they promised and when they were heard.
final class SourceRows {

    private static final String COLUMNS = "coalesce(s.name, h.source) AS name, s.name IS NOT NULL AS registered, "
            + "s.types, s.heartbeat, s.delay, s.promised_at, h.heard, h.recorded_by";

    private static final int SOURCE_BYTES = 512;

    private final Session session;

    SourceRows(Session session) {
        this.session = session;
    }

    /// Those that promise a sign of life, by name.
    List<SourceHealth> promising(Instant at) {
        return read("SELECT " + COLUMNS + " FROM source s " + """
                LEFT JOIN LATERAL (SELECT source, heard, recorded_by FROM source_heard WHERE source = s.name ORDER BY heard DESC, recorded_by LIMIT 1) h ON true
                 WHERE s.registered AND s.heartbeat IS NOT NULL ORDER BY s.name""", at);
    }

    /// Registered ones first, then those that were only heard, each by name.
    Page<SourceHealth> page(@Nullable Place after, Room room, Instant at) {
        var filling = new Filling<Integer, SourceHealth>(room);
        session.stream("SELECT " + COLUMNS + " FROM (SELECT * FROM source WHERE registered) s " + """
                  FULL JOIN (SELECT DISTINCT ON (source) source, heard, recorded_by FROM source_heard ORDER BY source, heard DESC, recorded_by) h
                    ON h.source = s.name
                 WHERE $1::text IS NULL OR (s.name IS NULL, coalesce(s.name, h.source)) > ($2::boolean, $1)
                 ORDER BY s.name IS NULL, coalesce(s.name, h.source) LIMIT $3""",
                Tuple.of(after == null ? null : after.name(), after == null ? null : !after.registered(), room.items() + 1), rows -> {
                    for (int place = 0; rows.hasNext() && filling.end() == null; place++) {
                        var source = source(rows.next(), at);
                        filling.offer(place, source, bytes(source));
                    }
                });
        return filling.page();
    }

    /// About what an answer says of it.
    private static long bytes(SourceHealth source) {
        return SOURCE_BYTES + 3L * source.name().length() + source.types().stream().mapToLong(type -> 3L * type.length() + 3).sum();
    }

    private List<SourceHealth> read(String sql, Instant at) {
        var sources = new ArrayList<SourceHealth>();
        session.run(sql).forEach(row -> sources.add(source(row, at)));
        return sources;
    }

    private static SourceHealth source(Row row, Instant at) {
        boolean registered = row.getBoolean("registered");
        return new SourceHealth(
                row.getString("name"), registered, registered ? List.of(row.getArrayOfStrings("types")) : List.of(),
                micros(row.getLong("heartbeat")), registered ? micros(row.getLong("delay")) : Duration.ZERO,
                instant(row.getOffsetDateTime("promised_at")), instant(row.getOffsetDateTime("heard")), instant(row.getOffsetDateTime("recorded_by")), at);
    }

    private static @Nullable Duration micros(@Nullable Long micros) {
        return micros == null ? null : Duration.of(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
