package io.throughline.journey.store;

import io.throughline.events.EventKey;
import io.throughline.events.Token;
import io.throughline.journey.Position;
import io.throughline.journey.query.Receipt;
import io.vertx.sqlclient.Row;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an event is: looked for in every place that it can be in.
final class Receipts {

    private final Session session;
    private final String topic;

    Receipts(Session session, String topic) {
        this.session = session;
        this.topic = topic;
    }

    Receipt find(EventKey event, @Nullable Position position) {
        var standing = projected(event, position);
        if (position == null) {
            return standing.<Receipt>map(projected -> projected).or(() -> control(event)).orElse(new Receipt.Unknown(null));
        }
        if (standing.isPresent() && standing.get().position().equals(position)) {
            return standing.get();
        }
        return waiting(position)
                .or(() -> standing.flatMap(projected -> conflict(event, position, projected)))
                .or(() -> control(event))
                .or(() -> unreadable(position))
                .orElseGet(() -> standing.<Receipt>map(projected -> new Receipt.Duplicate(position, projected)).orElse(new Receipt.Unknown(position)));
    }

    /// One event id sent for two persons is two events: the one at `position`, else the first by token.
    private Optional<Receipt.Projected> projected(EventKey event, @Nullable Position position) {
        return first(session.run("""
                SELECT token, type, log_partition, log_offset, occurred_at, recorded_at FROM touchpoint WHERE event_key = $1
                 ORDER BY (log_partition = $2 AND log_offset = $3) DESC, token LIMIT 1""", event.value(),
                position == null ? -1 : position.partition(), position == null ? -1L : position.offset()).iterator())
                .map(row -> new Receipt.Projected(new Token(row.getUUID("token")), row.getString("type"), position(row),
                        row.getOffsetDateTime("occurred_at").toInstant(), row.getOffsetDateTime("recorded_at").toInstant()));
    }

    private Optional<Receipt> waiting(Position position) {
        return first(session.run("SELECT next FROM checkpoint WHERE topic = $1 AND partition = $2", position.topic(), position.partition()).iterator())
                .filter(row -> position.offset() >= row.getLong("next"))
                .map(row -> new Receipt.Waiting(position, position.offset() - row.getLong("next") + 1));
    }

    private Optional<Receipt> conflict(EventKey event, Position position, Receipt.Projected standing) {
        return first(session.run("SELECT recorded_at FROM conflict WHERE log_partition = $1 AND log_offset = $2 AND event_key = $3",
                position.partition(), position.offset(), event.value()).iterator())
                .map(row -> new Receipt.Conflict(position, row.getOffsetDateTime("recorded_at").toInstant(), standing));
    }

    private Optional<Receipt> control(EventKey event) {
        return first(session.run("SELECT subject, type, log_partition, log_offset, recorded_at FROM control_event WHERE event_key = $1",
                event.value()).iterator())
                .map(row -> new Receipt.Control(
                        row.getString("subject"), row.getString("type"), position(row), row.getOffsetDateTime("recorded_at").toInstant()));
    }

    private Optional<Receipt> unreadable(Position position) {
        return first(session.run("SELECT recorded_at, reason FROM unreadable WHERE log_partition = $1 AND log_offset = $2",
                position.partition(), position.offset()).iterator())
                .map(row -> new Receipt.Unreadable(position, row.getOffsetDateTime("recorded_at").toInstant(), row.getString("reason")));
    }

    private Position position(Row row) {
        return new Position(topic, row.getInteger("log_partition"), row.getLong("log_offset"));
    }

    private static Optional<Row> first(Iterator<Row> rows) {
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }
}
