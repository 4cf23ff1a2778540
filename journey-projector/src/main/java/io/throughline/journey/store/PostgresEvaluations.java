package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.project.Evaluations;
import io.throughline.journey.project.FindingStore;
import io.throughline.journey.project.Share;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// One evaluator's work in PostgreSQL, step by step.
///
/// @see Evaluations for why the steps come in this order
public final class PostgresEvaluations implements Evaluations {

    /// Of a verdict: it says something else, whatever it says.
    private static final UUID NOTHING_YET = new UUID(0, 0);

    private final Database database;
    private final String topic;
    private final Share share;
    private final Backlog backlog;

    public PostgresEvaluations(Database database, String topic, Share share) {
        this.database = database;
        this.topic = topic;
        this.share = share;
        this.backlog = new Backlog(share);
    }

    @Override
    public <T> T inTransaction(Function<Steps, T> steps) {
        return database.inTransaction(session -> {
            if (share.apart()) {
                session.run("SET LOCAL idle_in_transaction_session_timeout = '10min'"); // a heavy journey is thought about for longer
            }
            return steps.apply(new PostgresSteps(session));
        });
    }

    @Override
    public void advanceTime() {
        database.outsideTransaction(session -> {
            EvaluationTime.advance(session);
            return null;
        });
    }

    @Override
    public boolean mayBeWaiting() {
        return database.outsideTransaction(backlog::mayHoldSomebody);
    }

    @Override
    public void setApart(Token person) {
        database.inTransaction(session -> {
            PersonRows.setApart(session, person);
            return null;
        });
    }

    @Override
    public void setAside(Token person, String reason) {
        database.inTransaction(session -> {
            PersonRows.setAside(session, person, reason);
            return null;
        });
    }

    private final class PostgresSteps implements Steps {
        private final Session session;

        PostgresSteps(Session session) {
            this.session = session;
        }

        @Override
        public Instant evaluationTime() {
            return EvaluationTime.read(session);
        }

        @Override
        public long rulesRevision() {
            return RulesHeld.hold(session);
        }

        @Override
        public Watermarks watermarks(Instant at) {
            return new SourcesHeard(session).watermarks(at);
        }

        @Override
        public List<Token> waiting(Instant at) {
            return backlog.next(session, at);
        }

        @Override
        public List<Token> lock(Collection<Token> persons) {
            return PersonRows.lock(session, persons);
        }

        @Override
        public void takeMarks(Collection<Token> persons) {
            Marks.take(session, persons);
        }

        @Override
        public void load(Collection<Token> persons, Consumer<Touchpoint> journeys) {
            JourneyRows.stream(session, topic, "t.token = ANY($1::uuid[])", Tuple.of(Columns.ids(persons)), rows -> rows.forEachRemaining(journeys));
        }

        @Override
        public Map<Token, Map<FindingId, UUID>> standing(List<Token> persons) {
            var standing = VerdictRows.read(session, persons);
            Dismissals.takeUntold(session, persons).forEach((person, findings) ->
                    standing.getOrDefault(person, new HashMap<>()).replaceAll((finding, content) -> findings.contains(finding) ? NOTHING_YET : content));
            return standing;
        }

        @Override
        public Map<Token, Map<FindingId, UUID>> dismissed(List<FindingId> findings) {
            return Dismissals.contents(session, findings);
        }

        @Override
        public Map<Token, Map<FindingId, Finding>> published(List<FindingId> findings) {
            var published = new HashMap<Token, Map<FindingId, Finding>>();
            session.run("SELECT " + FindingRows.COLUMNS + " FROM finding f WHERE f.id = ANY($1::uuid[]) AND f.person IS NOT NULL",
                    (Object) Columns.of(findings, FindingId::value, new UUID[0])).forEach(row -> {
                var finding = FindingRows.finding(row);
                published.computeIfAbsent(finding.person(), _ -> new HashMap<>()).put(finding.id(), finding);
            });
            return published;
        }

        @Override
        public void write(List<Finding> revisions, List<Verdict> changed, List<Verdict> gone) {
            VerdictRows.delete(session, gone);
            VerdictRows.upsert(session, changed);
            FindingRows.upsert(session, revisions);
            PostgresRevisionQueue.add(session, revisions);
        }

        @Override
        public void write(Instant at, Map<Token, Judged> judged) {
            Awaiting.write(session, judged);
            JourneyParts.write(session, judged);
            PersonRows.write(session, at, judged);
        }
    }
}
