package io.throughline.journey.store;

import io.throughline.journey.query.FindingDimension;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.FindingGroup;
import io.throughline.journey.query.FindingSort;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.query.Page;
import io.throughline.journey.query.Room;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pages of findings. The database adds up how large they are, without reading them, and sends no more than an answer takes.
final class FindingPages {

    /// What an answer says of a finding beside its body, at most.
    private static final int FINDING_BYTES = 1024;
    /// Of the rules of one company, in one group of findings.
    private static final int MOST_CURRENCIES = 20;

    /// What each column of a group is called, in the order in which groups are read.
    private static final Map<FindingDimension, String> GROUPED = new EnumMap<>(Map.of(FindingDimension.RULE, "f.rule", FindingDimension.STATUS, "f.status",
            FindingDimension.SEVERITY, "f.severity", FindingDimension.STAGE, "f.stage"));

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

        static Some of(FindingFilter filter, FindingSort sort, ListedFinding.@Nullable Place after) {
            return switch (sort) {
                case KNOWN -> of(filter, "f.serial DESC").where("f.serial < ", "bigint", after == null ? null : after.serial());
                case HAPPENED -> {
                    var some = of(filter, "f.activation_at DESC, f.serial DESC");
                    if (after != null) {
                        some.conditions.add("(f.activation_at, f.serial) < (%s::timestamptz, %s::bigint)"
                                .formatted(some.argument(Session.time(after.activationAt())), some.argument(after.serial())));
                    }
                    yield some;
                }
            };
        }

        private static Some of(FindingFilter filter, String order) {
            return new Some(order)
                    .in("f.rule", filter.rules())
                    .in("f.status", filter.statuses())
                    .in("f.severity", filter.severities())
                    .where("f.stage = ", "text", filter.stage())
                    .where("f.person = ", "uuid", filter.person() == null ? null : filter.person().value())
                    .where("f.changed_at >= ", "timestamptz", Session.time(filter.since()))
                    .where("f.activation_at >= ", "timestamptz", Session.time(filter.from()))
                    .where("f.activation_at < ", "timestamptz", Session.time(filter.to()));
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

    long count(FindingFilter filter) {
        var some = Some.of(filter, "");
        return session.run("SELECT count(*) FROM finding f " + some.where(), some.arguments.toArray()).iterator().next().getLong(0);
    }

    /// @param most a list of one more says that there are more
    List<FindingGroup> groups(FindingFilter filter, Set<FindingDimension> by, ZoneId zone, int most) {
        var some = Some.of(filter, "");
        var columns = new ArrayList<String>();
        for (var dimension : FindingDimension.values()) {
            columns.add(!by.contains(dimension) ? "NULL::text" : dimension == FindingDimension.WEEK
                    ? "date_trunc('week', f.activation_at AT TIME ZONE " + some.argument(zone.getId()) + "::text)::date::text"
                    : GROUPED.get(dimension));
        }
        var groups = new ArrayList<FindingGroup>();
        // Each group is one row, or one for each of its currencies; those of one group follow each other.
        var sql = """
                SELECT g.* FROM (
                  SELECT %s, count(*), sum(f.cost) FILTER (WHERE f.status IN ('open', 'resolved'))::text, f.currency
                    FROM finding f %s GROUP BY 1, 2, 3, 4, 5, f.currency) AS g (rule, status, severity, stage, week, findings, cost, currency)
                 ORDER BY week DESC, rule, status, severity, stage, currency LIMIT %s"""
                .formatted(String.join(", ", columns), some.where(), some.argument(MOST_CURRENCIES * (most + 1L)));
        for (var row : session.run(sql, some.arguments.toArray())) {
            var group = new FindingGroup(row.getString(0), row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5),
                    row.getString(6) == null ? List.of() : List.of(new FindingGroup.Sum(row.getString(6), row.getString(7))));
            if (!groups.isEmpty() && groups.getLast().isOfTheSame(group)) {
                groups.add(groups.removeLast().and(group));
            } else if (groups.size() > most) {
                break;
            } else {
                groups.add(group);
            }
        }
        return groups;
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
