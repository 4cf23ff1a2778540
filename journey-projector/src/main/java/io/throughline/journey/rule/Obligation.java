package io.throughline.journey.rule;

import static io.throughline.journey.rule.Evidence.Role.ACTIVATION;
import static io.throughline.journey.rule.Evidence.Role.LATE_RESPONSE;
import static io.throughline.journey.rule.Evidence.Role.RESPONSE;

import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One activation of a [Response] rule, until its verdict is settled by an answer or asked for at the end.
final class Obligation {

    /// How many candidates before the activation, and how many after it, are looked at for the nearest miss.
    static final int NEIGHBOURS = 16;

    private final Rule rule;
    private final Response response;
    private final Touchpoint activation;
    private final @Nullable Deadline deadline;
    private List<Touchpoint> before;
    private List<Touchpoint> after = List.of();
    private @Nullable Touchpoint firstCorrelated;
    private @Nullable Activation settled;

    Obligation(Rule rule, Response response, Touchpoint activation, @Nullable Deadline deadline, List<Touchpoint> before) {
        this.rule = rule;
        this.response = response;
        this.activation = activation;
        this.deadline = deadline;
        this.before = before;
    }

    Touchpoint activation() {
        return activation;
    }

    boolean hasSeenEnough() {
        return settled != null || after.size() == NEIGHBOURS;
    }

    void noteNear(Touchpoint candidate) {
        if (!hasSeenEnough()) {
            after = after.isEmpty() ? new ArrayList<>(2) : after;
            after.add(candidate);
        }
    }

    /// A candidate that correlates and yet does not answer is told of however far away it is.
    void noteCorrelated(Touchpoint candidate) {
        firstCorrelated = firstCorrelated == null ? candidate : firstCorrelated;
    }

    void cannotBeKnown(String reason) {
        settle(verdict(Verdict.UNDETERMINED, null, List.of(reason)));
    }

    void met(Touchpoint answer) {
        boolean late = deadline != null && deadline.hasPassedAt(answer.occurredAt());
        boolean sameInstant = answer.occurredAt().equals(activation.occurredAt());
        var notes = sameInstant ? List.of("same instant; order by " + answer.order().decidedBy(activation.order())) : List.<String>of();
        settle(verdict(late ? Verdict.VIOLATED : Verdict.SATISFIED, answer, notes));
    }

    private void settle(Activation verdict) {
        settled = verdict;
        before = List.of();
        after = List.of();
        firstCorrelated = null;
    }

    /// Not before the last candidate of the journey, nor with a candidate later than `asOf`, has been seen.
    Activation verdictAt(Instant asOf) {
        if (settled != null) {
            return settled;
        }
        boolean overdue = deadline != null && deadline.hasPassedAt(asOf);
        return verdict(overdue ? Verdict.VIOLATED : Verdict.PENDING, null, List.of());
    }

    private Activation verdict(Verdict verdict, @Nullable Touchpoint answer, List<String> notes) {
        boolean satisfied = verdict == Verdict.SATISFIED;
        boolean violated = verdict == Verdict.VIOLATED;
        var evidence = new ArrayList<Evidence>(2);
        evidence.add(Evidence.of(ACTIVATION, activation));
        if (answer != null) {
            evidence.add(Evidence.of(satisfied ? RESPONSE : LATE_RESPONSE, answer));
        }
        return new Activation(
                rule,
                List.of(EventRef.to(activation)),
                activation.occurredAt(),
                verdict,
                deadline,
                evidence,
                violated ? nearestMiss(answer) : null,
                violated && answer != null ? answer.occurredAt() : null,
                notes,
                satisfied ? Map.of() : rule.explanation().parameters(activation, answer, deadline));
    }

    private @Nullable NearestMiss nearestMiss(@Nullable Touchpoint lateAnswer) {
        var search = new NearestMissSearch(response, activation, deadline);
        before.forEach(search::consider);
        after.forEach(search::consider);
        if (firstCorrelated != null) {
            search.consider(firstCorrelated);
        }
        if (lateAnswer != null) {
            search.consider(lateAnswer);
        }
        return search.result();
    }
}
