package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.project.Share;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The persons of one share who wait to be evaluated: with news, with a deadline that has passed, or with a source heard that they waited for.
///
/// One evaluator's own, for it remembers where its sweep goes on; not for two threads.
final class Backlog {

    /// In its own turn: one that rests, or failed, is left alone for a while.
    private static final String IS_IN_TURN = "(p.not_before IS NULL OR p.not_before <= clock_timestamp())";
    /// Of a mark `m` at an evaluation time. What occurs only after it has nothing to show yet. What a source dates far ahead is looked at once, and then
    /// falls due.
    private static final String IS_TO_BE_SEEN = "(m.occurred_at <= %s OR m.occurred_at > clock_timestamp() + interval '10 seconds')";

    /// The order by due date keeps the planner on the index of those dates: it takes a third of all persons for due, and would look for one of them among
    /// all persons, of whom usually none is.
    private static final String QUESTION = """
            SELECT %s AND (
                   EXISTS (SELECT FROM mark_bundle)
                OR EXISTS (SELECT FROM mark m WHERE m.token BETWEEN $1 AND $2 AND %s AND NOT EXISTS (SELECT FROM person p WHERE p.id = m.token AND p.apart))
                OR (SELECT true FROM person p WHERE p.due_at <= t.at AND p.id BETWEEN $1 AND $2 AND p.apart = $3 ORDER BY p.due_at LIMIT 1) IS TRUE
                OR ($3 AND EXISTS (SELECT FROM person p WHERE p.apart AND %s))
                OR EXISTS (SELECT FROM awaiting))
              FROM evaluation_time t""".formatted(EvaluationTime.IS_REACHED, IS_TO_BE_SEEN.formatted("t.at"), IS_IN_TURN);

    private final Share share;
    /// Where the sweep through the marks goes on.
    private Token sweepFrom;

    Backlog(Share share) {
        this.share = share;
        this.sweepFrom = share.first();
    }

    /// Whether the log is read as far as the evaluation time and a person waits. Answered without a lock: may answer true when nothing is due; never answers
    /// false while something is.
    boolean mayHoldSomebody(Session session) {
        return session.run(QUESTION, share.first().value(), share.last().value(), share.apart()).iterator().next().getBoolean(0);
    }

    /// What the database would do to answer that.
    List<String> plan(Session session) {
        var plan = new ArrayList<String>();
        session.run("EXPLAIN " + QUESTION, share.first().value(), share.last().value(), share.apart()).forEach(row -> plan.add(row.getString(0)));
        return plan;
    }

    /// The next of them, as many as the share has for one transaction; those with news come first, in the order of the sweep.
    List<Token> next(Session session, Instant at) {
        var persons = new LinkedHashSet<Token>();
        if (share.apart()) {
            thoseApartWithNews(session, at).forEach(row -> add(persons, row));
        } else {
            persons.addAll(usualOnesWithNews(session, at));
        }
        if (persons.size() < share.persons()) {
            due(session, at).forEach(row -> add(persons, row));
        }
        if (persons.size() < share.persons()) {
            noLongerAwaiting(session, at).forEach(row -> add(persons, row));
        }
        return List.copyOf(persons);
    }

    private List<Token> usualOnesWithNews(Session session, Instant at) {
        var persons = sweep(session, at);
        if (persons.size() < share.persons()) {
            boolean sweptAll = sweepFrom.equals(share.first());
            sweepFrom = share.first();
            boolean more = Marks.unbundle(session);
            if (persons.isEmpty() && (more || !sweptAll)) {
                persons = sweep(session, at);
            }
        }
        if (persons.size() == share.persons()) {
            sweepFrom = after(persons.getLast());
        }
        return persons;
    }

    private List<Token> sweep(Session session, Instant at) {
        var persons = new ArrayList<Token>();
        session.run("""
                SELECT m.token FROM mark m
                 WHERE m.token BETWEEN $2 AND $3 AND %s
                   AND NOT EXISTS (SELECT FROM person p WHERE p.id = m.token AND p.apart)
                 GROUP BY m.token ORDER BY m.token LIMIT $4""".formatted(IS_TO_BE_SEEN.formatted("$1")),
                Session.time(at), sweepFrom.value(), share.last().value(), share.persons()).forEach(row -> persons.add(new Token(row.getUUID(0))));
        return persons;
    }

    private static Token after(Token token) {
        long low = token.value().getLeastSignificantBits() + 1;
        long high = token.value().getMostSignificantBits() + (low == 0 ? 1 : 0);
        return low == 0 && high == 0 ? token : new Token(new UUID(high, low));
    }

    /// From the few apart to their marks: the other way round would look at the marks of all. Whose turn was longest ago comes first.
    private RowSet<Row> thoseApartWithNews(Session session, Instant at) {
        return session.run("""
                SELECT p.id FROM person p
                 WHERE p.apart AND %s
                   AND EXISTS (SELECT FROM mark m WHERE m.token = p.id AND %s)
                 ORDER BY p.not_before NULLS FIRST LIMIT $2""".formatted(IS_IN_TURN, IS_TO_BE_SEEN.formatted("$1")),
                Session.time(at), share.persons());
    }

    private RowSet<Row> due(Session session, Instant at) {
        return session.run("""
                SELECT id FROM person p
                 WHERE p.due_at <= $1 AND p.id BETWEEN $2 AND $3 AND p.apart = $4 AND %s
                 ORDER BY p.due_at LIMIT $5""".formatted(IS_IN_TURN),
                Session.time(at), share.first().value(), share.last().value(), share.apart(), share.persons());
    }

    /// Asked apart whether anybody waits at all: usually nobody does, which the planner cannot know.
    private RowSet<Row> noLongerAwaiting(Session session, Instant at) {
        return session.run("SELECT p.id FROM (" + Awaiting.NO_LONGER + ") a JOIN person p USING (id) " + """
                 WHERE (SELECT EXISTS (SELECT FROM awaiting)) AND p.id BETWEEN $2 AND $3 AND p.apart = $4 AND %s
                 LIMIT $5""".formatted(IS_IN_TURN),
                Session.time(at), share.first().value(), share.last().value(), share.apart(), share.persons());
    }

    private void add(Set<Token> persons, Row row) {
        if (persons.size() < share.persons()) {
            persons.add(new Token(row.getUUID(0)));
        }
    }
}
