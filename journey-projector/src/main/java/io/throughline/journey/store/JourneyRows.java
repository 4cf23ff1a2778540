package io.throughline.journey.store;

import io.throughline.events.ContentHash;
import io.throughline.events.EventKey;
import io.throughline.events.Token;
import io.throughline.journey.Payload;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.vertx.sqlclient.Row;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Rows of `touchpoint`, ordered by token and time in SQL, as touchpoints in the total order of each journey.
///
/// PostgreSQL orders by time; events of the same instant, few as they are, are put in order here, by the one definition of it.
final class JourneyRows implements Iterator<Touchpoint> {

    /// Everything a touchpoint needs, of a table called `t`.
    static final String COLUMNS = "t.token, t.event_key, t.content_hash, t.occurred_at, t.recorded_at, t.log_offset, t.log_partition, t.utc_offset, "
            + "t.namespace, t.source, t.id, t.type, t.channel, t.sequence, t.further, t.data";

    private final Iterator<Row> rows;
    private final String topic;
    private Iterator<Touchpoint> instant = List.<Touchpoint>of().iterator();
    private Touchpoint ahead;

    JourneyRows(Iterator<Row> rows, String topic) {
        this.rows = rows;
        this.topic = topic;
    }

    @Override
    public boolean hasNext() {
        return instant.hasNext() || ahead != null || rows.hasNext();
    }

    @Override
    public Touchpoint next() {
        if (!instant.hasNext()) {
            instant = nextInstant().iterator();
        }
        return instant.next();
    }

    private List<Touchpoint> nextInstant() {
        if (ahead == null && !rows.hasNext()) {
            throw new NoSuchElementException();
        }
        var first = ahead != null ? ahead : touchpoint(rows.next(), topic);
        ahead = rows.hasNext() ? touchpoint(rows.next(), topic) : null;
        if (ahead == null || !isSameInstant(first, ahead)) {
            return List.of(first);
        }
        var group = new ArrayList<Touchpoint>();
        group.add(first);
        while (ahead != null && isSameInstant(first, ahead)) {
            group.add(ahead);
            ahead = rows.hasNext() ? touchpoint(rows.next(), topic) : null;
        }
        group.sort(null);
        return group;
    }

    private static boolean isSameInstant(Touchpoint one, Touchpoint other) {
        return one.token().equals(other.token()) && one.occurredAt().equals(other.occurredAt());
    }

    static Touchpoint touchpoint(Row row, String topic) {
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
                Payload.ofText(row.getString(15)));
    }
}
