package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// The evaluator's steps, and in one gap, the first time it is reached, what another does meanwhile.
final class PausedEvaluations implements Evaluations {

    /// Where it is paused. Every step of [Evaluations] has its gap, by the step that comes next.
    enum Gap {
        BEFORE_ADVANCE, BEFORE_LOOKING, BEFORE_TIME, BEFORE_WAITING, BEFORE_LOCK, BEFORE_MARKS, BEFORE_WATERMARKS,
        BEFORE_STANDING, BEFORE_LOAD, WHILE_LOADING, BEFORE_FINDINGS, BEFORE_WRITE, BEFORE_RULES, BEFORE_COMMIT, AFTER_COMMIT
    }

    private final Evaluations evaluations;
    private final Gap gap;
    private final Runnable meanwhile;
    private boolean reached;

    PausedEvaluations(Evaluations evaluations, Gap gap, Runnable meanwhile) {
        this.evaluations = evaluations;
        this.gap = gap;
        this.meanwhile = meanwhile;
    }

    /// Whether the evaluator came through the gap.
    boolean reached() {
        return reached;
    }

    private void reach(Gap here) {
        if (here == gap && !reached) {
            reached = true;
            meanwhile.run();
        }
    }

    @Override
    public <T> T inTransaction(Function<Steps, T> steps) {
        T result = evaluations.inTransaction(actual -> {
            T inside = steps.apply(new PausedSteps(actual));
            reach(Gap.BEFORE_COMMIT);
            return inside;
        });
        reach(Gap.AFTER_COMMIT);
        return result;
    }

    @Override
    public void advanceTime() {
        reach(Gap.BEFORE_ADVANCE);
        evaluations.advanceTime();
    }

    @Override
    public boolean mayBeWaiting() {
        reach(Gap.BEFORE_LOOKING);
        return evaluations.mayBeWaiting();
    }

    @Override
    public void setApart(Token person) {
        evaluations.setApart(person);
    }

    @Override
    public void setAside(Token person, String reason) {
        evaluations.setAside(person, reason);
    }

    private final class PausedSteps implements Steps {
        private final Steps steps;

        PausedSteps(Steps steps) {
            this.steps = steps;
        }

        @Override
        public Instant evaluationTime() {
            reach(Gap.BEFORE_TIME);
            return steps.evaluationTime();
        }

        @Override
        public long rulesRevision() {
            reach(Gap.BEFORE_RULES);
            return steps.rulesRevision();
        }

        @Override
        public Watermarks watermarks(Instant at) {
            reach(Gap.BEFORE_WATERMARKS);
            return steps.watermarks(at);
        }

        @Override
        public List<Token> waiting(Instant at) {
            reach(Gap.BEFORE_WAITING);
            return steps.waiting(at);
        }

        @Override
        public List<Token> lock(Collection<Token> persons) {
            reach(Gap.BEFORE_LOCK);
            return steps.lock(persons);
        }

        @Override
        public void takeMarks(Collection<Token> persons) {
            reach(Gap.BEFORE_MARKS);
            steps.takeMarks(persons);
        }

        @Override
        public void load(Collection<Token> persons, Consumer<Touchpoint> journeys) {
            reach(Gap.BEFORE_LOAD);
            steps.load(persons, touchpoint -> {
                reach(Gap.WHILE_LOADING);
                journeys.accept(touchpoint);
            });
        }

        @Override
        public Map<Token, Map<FindingId, UUID>> standing(List<Token> persons) {
            reach(Gap.BEFORE_STANDING);
            return steps.standing(persons);
        }

        @Override
        public Map<Token, Map<FindingId, Finding>> published(List<FindingId> findings) {
            reach(Gap.BEFORE_FINDINGS);
            return steps.published(findings);
        }

        @Override
        public Map<Token, Map<FindingId, UUID>> dismissed(List<FindingId> findings) {
            return steps.dismissed(findings);
        }

        @Override
        public void write(List<Finding> revisions, List<Verdict> changed, List<Verdict> gone) {
            steps.write(revisions, changed, gone);
        }

        @Override
        public void write(Instant at, Map<Token, Judged> judged) {
            reach(Gap.BEFORE_WRITE);
            steps.write(at, judged);
        }
    }
}
