package io.throughline.journey.store;

import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.query.Page;
import io.throughline.journey.query.Room;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pages of findings. The database adds up how large they are, without reading them, and sends no more than an answer takes.
final class FindingPages {

    /// What an answer says of a finding beside its body, at most.
    private static final int FINDING_BYTES = 1024;

    private final Session session;

    FindingPages(Session session) {
        this.session = session;
    }

    /// Which findings, and in which order. Only what is asked for is in the text of the query: so the planner sees which index will do.
    static final class Some {
        private final String order;
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> arguments = new ArrayList<>();

        /// @param order columns of `f`
        Some(String order) {
            this.order = order;
        }

        static Some of(FindingFilter filter) {
            return new Some("f.serial DESC")
                    .in("f.rule", filter.rules())
                    .in("f.status", filter.statuses())
                    .in("f.severity", filter.severities())
                    .where("f.person = ", "uuid", filter.person() == null ? null : filter.person().value())
                    .where("f.changed_at >= ", "timestamptz", Session.time(filter.since()))
                    .where("f.serial < ", "bigint", filter.beforeSerial());
        }

        /// @param value `null` where anything will do
        Some where(String comparison, String type, @Nullable Object value) {
            if (value != null) {
                conditions.add(comparison + argument(value) + "::" + type);
            }
            return this;
        }

        /// @param values empty where anything will do
        private Some in(String column, List<String> values) {
            if (values.size() > 1) {
                conditions.add(column + " = ANY (" + argument(Columns.anyOf(values)) + "::text[])");
                return this;
            }
            return where(column + " = ", "text", values.isEmpty() ? null : values.getFirst());
        }

        /// Only what comes after this in the order.
        Some after(Object activationAt, String rule, Object id) {
            conditions.add("(%s) > (%s::timestamptz, %s::text, %s::uuid)".formatted(order, argument(activationAt), argument(rule), argument(id)));
            return this;
        }

        private String argument(Object value) {
            arguments.add(value);
            return "$" + arguments.size();
        }

        private String where() {
            return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
        }
    }

    Page<ListedFinding> read(Some some, Room room) {
        var sql = """
                SELECT %s, f.serial, f.found
                  FROM (SELECT f.*, count(*) OVER () AS found, row_number() OVER (ORDER BY %s) AS place,
                               sum(octet_length(f.body) + %d) OVER (ORDER BY %s ROWS UNBOUNDED PRECEDING) AS bytes
                          FROM (SELECT * FROM finding f %s ORDER BY %s LIMIT %s) f) f
                 WHERE f.place <= %s AND (f.bytes <= %s OR f.place = 1)
                 ORDER BY f.place""".formatted(FindingRows.COLUMNS, some.order, FINDING_BYTES, some.order, some.where(), some.order,
                some.argument(room.items() + 1L), some.argument((long) room.items()), some.argument(room.bytes()));
        var found = new ArrayList<ListedFinding>();
        long all = 0;
        for (var row : session.run(sql, some.arguments.toArray())) {
            found.add(new ListedFinding(row.getLong("serial"), FindingRows.finding(row)));
            all = row.getLong("found");
        }
        return new Page<>(found, all > found.size());
    }
}
