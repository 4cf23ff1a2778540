package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.query.FoundJourney;
import io.throughline.journey.query.JourneyFilter;
import io.throughline.journey.query.Page;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds journeys in the order of their persons, in which all indexes have them: either the persons are gone through and each is looked up, or, where
/// few pass, those are looked up and put in order. The planner chooses by the values, not by what fits most of them.
final class JourneySearch {

    /// For the transaction.
    private static final String PLAN_FOR_VALUES = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)";

    private final Session session;
    private final JourneyFilter filter;
    private final @Nullable Token after;
    private final List<Object> arguments = new ArrayList<>();
    private final String where;

    /// @param after only persons after this
    JourneySearch(Session session, JourneyFilter filter, @Nullable Token after) {
        this.session = session;
        this.filter = filter;
        this.after = after;
        this.where = where();
    }

    Page<FoundJourney> page(int limit) {
        var found = new ArrayList<FoundJourney>();
        run("SELECT p.id, p.first_at, p.last_at, p.events, p.findings, p.severity FROM person p WHERE %s ORDER BY p.id LIMIT %s".formatted(where, argument(limit + 1L)),
                row -> found.add(new FoundJourney(new Token(row.getUUID(0)), row.getOffsetDateTime(1).toInstant(), row.getOffsetDateTime(2).toInstant(),
                        row.getLong(3), row.getInteger(4), row.getString(5))));
        return new Page<>(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    }

    long count(long most) {
        var counted = new long[1];
        run("SELECT count(*) FROM (SELECT FROM person p WHERE %s LIMIT %s) p".formatted(where, argument(most)), row -> counted[0] = row.getLong(0));
        return counted[0];
    }

    /// What the database would do to answer a page.
    List<String> plan(int limit) {
        var plan = new ArrayList<String>();
        run("EXPLAIN SELECT p.id, p.first_at FROM person p WHERE %s ORDER BY p.id LIMIT %s".formatted(where, argument(limit + 1L)), row -> plan.add(row.getString(0)));
        return plan;
    }

    private void run(String sql, Consumer<Row> each) {
        session.run(PLAN_FOR_VALUES);
        session.run(sql, arguments.toArray()).forEach(each);
    }

    private String where() {
        var conditions = new ArrayList<>(List.of("p.last_at IS NOT NULL"));
        if (after != null) {
            conditions.add("p.id > " + argument(after.value()) + "::uuid");
        }
        if (filter.isAboutFindings()) {
            conditions.add("p.id IN (SELECT f.person FROM finding f WHERE " + String.join(" AND ", ofFindings()) + ")");
        }
        if (filter.isAboutKinds()) {
            conditions.add("p.id IN (SELECT j.person FROM journey_part j JOIN touchpoint_kind k ON k.id = j.kind WHERE " + String.join(" AND ", ofParts()) + ")");
        } else {
            conditions.addAll(ofSpan("p", "t.token = p.id"));
        }
        return String.join(" AND ", conditions);
    }

    private List<String> ofFindings() {
        var conditions = new ArrayList<>(List.of("f.person IS NOT NULL"));
        equal(conditions, "f.id", "uuid", filter.finding() == null ? null : filter.finding().value());
        anyOf(conditions, "f.rule", filter.rules());
        anyOf(conditions, "f.status", filter.statuses());
        anyOf(conditions, "f.severity", filter.severities());
        equal(conditions, "f.stage", "text", filter.stage());
        return conditions;
    }

    private List<String> ofParts() {
        var conditions = new ArrayList<String>();
        anyOf(conditions, "k.type", filter.types());
        anyOf(conditions, "k.channel", filter.channels());
        equal(conditions, "k.source", "text", filter.source());
        conditions.addAll(ofSpan("j", "t.token = j.person AND t.type = k.type AND t.channel IS NOT DISTINCT FROM k.channel AND t.source = k.source"));
        return conditions;
    }

    /// Whether there is a touchpoint within the span. Of what began before it and went on after it only its events tell; the limit keeps the planner
    /// from reading those of all journeys at once.
    private List<String> ofSpan(String alias, String touchpoint) {
        var from = filter.from() == null ? null : time(filter.from());
        var to = filter.to() == null ? null : time(filter.to());
        var conditions = new ArrayList<String>();
        if (from != null) {
            conditions.add(alias + ".last_at >= " + from);
        }
        if (to != null) {
            conditions.add(alias + ".first_at < " + to);
        }
        if (from != null && to != null) {
            conditions.add("(%1$s.first_at >= %2$s OR %1$s.last_at < %3$s OR (SELECT true FROM touchpoint t WHERE %4$s AND t.occurred_at >= %2$s AND t.occurred_at < %3$s LIMIT 1))"
                    .formatted(alias, from, to, touchpoint));
        }
        return conditions;
    }

    private void equal(List<String> conditions, String column, String type, @Nullable Object value) {
        if (value != null) {
            conditions.add(column + " = " + argument(value) + "::" + type);
        }
    }

    /// One value as an equality, so that the order of an index behind it is of use.
    private void anyOf(List<String> conditions, String column, List<String> values) {
        if (values.size() > 1) {
            conditions.add(column + " = ANY (" + argument(Columns.anyOf(values)) + "::text[])");
        } else {
            equal(conditions, column, "text", values.isEmpty() ? null : values.getFirst());
        }
    }

    private String time(Instant moment) {
        return argument(Session.time(moment)) + "::timestamptz";
    }

    private String argument(Object value) {
        arguments.add(value);
        return "$" + arguments.size();
    }
}
