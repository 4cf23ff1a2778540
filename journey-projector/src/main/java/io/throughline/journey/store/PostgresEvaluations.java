package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.project.Evaluations;
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

    private final Database database;
    private final String topic;
    private final Backlog backlog;

    public PostgresEvaluations(Database database, String topic, Share share) {
        this.database = database;
        this.topic = topic;
        this.backlog = new Backlog(share);
    }

    @Override
    public <T> T inTransaction(Function<Steps, T> steps) {
        return database.inTransaction(session -> steps.apply(new PostgresSteps(session)));
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

    private final class PostgresSteps implements Steps {
        private final Session session;
        private final VerdictRows verdicts;

        PostgresSteps(Session session) {
            this.session = session;
            this.verdicts = new VerdictRows(session);
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
            session.stream("SELECT " + JourneyRows.COLUMNS + " FROM touchpoint t WHERE t.token = ANY($1::uuid[]) ORDER BY t.token, t.occurred_at",
                    Tuple.of(Columns.ids(persons)), rows -> new JourneyRows(rows, topic).forEachRemaining(journeys));
        }

        @Override
        public Map<Token, Map<FindingId, Finding>> told(Map<Token, Judged> judged) {
            verdicts.read(judged.keySet());
            var findings = verdicts.findings();
            judged.values().forEach(now -> now.found().forEach(activation -> findings.add(activation.id().value())));
            var told = new HashMap<Token, Map<FindingId, Finding>>();
            if (!findings.isEmpty()) {
                session.run("SELECT " + FindingRows.COLUMNS + " FROM finding f WHERE f.id = ANY($1::uuid[])", (Object) findings.toArray(UUID[]::new))
                        .forEach(row -> {
                            var finding = FindingRows.finding(row);
                            told.computeIfAbsent(finding.person(), _ -> new HashMap<>()).put(finding.id(), finding);
                        });
            }
            return told;
        }

        @Override
        public void write(Instant at, Map<Token, Judged> judged, List<Finding> revisions) {
            verdicts.write(judged);
            Awaiting.write(session, judged);
            FindingRows.upsert(session, revisions);
            PostgresRevisionQueue.add(session, revisions);
            PersonRows.write(session, at, judged);
        }
    }
}
