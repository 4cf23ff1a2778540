package io.throughline.journey.store;

import io.throughline.events.ContentHash;
import io.throughline.events.EventKey;
import io.throughline.events.Token;
import io.throughline.journey.Payload;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Consumer;

/// Rows of `touchpoint` as touchpoints, in the total order of each journey.
///
/// PostgreSQL puts them in order, on disk where they are many, so that neither a journey nor one instant of it is ever held whole. Contents
/// beyond [#INLINE_BYTES] stay behind until they are asked for: a fetch of 256 rows is 2 MiB at most, and events that are remembered are small.
final class JourneyRows implements Iterator<Touchpoint> {

    /// Contents up to here come with their row; nearly all are below a kibibyte.
    static final int INLINE_BYTES = 8 * 1024;

    private static final String COLUMNS = "t.token, t.event_key, t.content_hash, t.occurred_at, t.recorded_at, t.log_offset, t.log_partition, t.utc_offset, "
            + "t.namespace, t.source, t.id, t.type, t.channel, t.sequence, t.further, CASE WHEN octet_length(t.data) <= " + INLINE_BYTES
            + " THEN t.data END AS data, octet_length(t.data) AS bytes";

    /// As [io.throughline.events.OrderKey] compares: sequences that are integers first, by value; others by bytes; an absent one last.
    private static final String TOTAL_ORDER = """
             ORDER BY t.token, t.occurred_at, t.source COLLATE "C", t.sequence IS NULL, t.sequence !~ '^-?[0-9]+$',
                      CASE WHEN t.sequence ~ '^-?[0-9]+$' THEN t.sequence::numeric END,
                      CASE WHEN t.sequence !~ '^-?[0-9]+$' THEN t.sequence END COLLATE "C", t.id COLLATE "C"
            """;

    private final Session session;
    private final String topic;
    private final Iterator<Row> rows;

    private JourneyRows(Session session, String topic, Iterator<Row> rows) {
        this.session = session;
        this.topic = topic;
        this.rows = rows;
    }

    /// Streams what a condition on the table `t` selects: one journey after the other. Stops when `journeys` has seen enough.
    static void stream(Session session, String topic, String condition, Tuple arguments, Consumer<Iterator<Touchpoint>> journeys) {
        session.stream("SELECT " + COLUMNS + " FROM touchpoint t WHERE " + condition + TOTAL_ORDER, arguments,
                rows -> journeys.accept(new JourneyRows(session, topic, rows)));
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Touchpoint next() {
        var row = rows.next();
        var time = row.getOffsetDateTime(3).withOffsetSameInstant(ZoneOffset.ofTotalSeconds(row.getInteger(7)));
        var attributes = FurtherAttributes.read(
                row.getString(9), row.getString(10), row.getString(11), time, row.getString(12), row.getString(13), row.getString(14));
        return new Touchpoint(
                new Token(row.getUUID(0)),
                row.getString(8),
                new EventKey(row.getUUID(1)),
                attributes,
                attributes.order(),
                new ContentHash(row.getUUID(2)),
                row.getOffsetDateTime(4).toInstant(),
                new Position(topic, row.getInteger(6), row.getLong(5)),
                payload(row));
    }

    private Payload payload(Row row) {
        var bytes = row.getInteger(16);
        if (bytes == null || bytes <= INLINE_BYTES) {
            return Payload.ofText(row.getString(15));
        }
        UUID key = row.getUUID(1);
        UUID token = row.getUUID(0);
        return Payload.lazy(bytes, () -> session.run("SELECT data FROM touchpoint WHERE event_key = $1 AND token = $2", key, token)
                .iterator().next().getString(0));
    }
}
