package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.Response.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the duties of a [Response].
///
/// One that is over keeps nothing but its verdict. Memory and time stay in proportion to what is open, however long the journey.
final class ResponseTracker implements Tracker {

    /// What ends windows before their time.
    private record Closer(int role, Selector selector, Waiting waiting, Role plays) {}

    private final Rule rule;
    private final Response response;
    private final Pairing pairing;
    private final List<Duty> duties = new ArrayList<>();
    private final Waiting waiting;
    private final Waiting waitingForUntil;
    private final List<Closer> closers = new ArrayList<>(0);
    private final int handover;
    private final Vicinity vicinity = new Vicinity();
    private final @Nullable Memory<Touchpoint> before;
    private final Budget budget = new Budget();

    ResponseTracker(Rule rule, Response response) {
        this.rule = rule;
        this.response = response;
        this.pairing = response.pairing();
        this.waiting = new Waiting(pairing.by());
        this.waitingForUntil = response.until() == null || response.until().by().equals(pairing.by()) ? waiting : new Waiting(response.until().by());
        this.handover = response.handoverRole();
        this.before = response.looksAround() ? new Memory<>(pairing.by(), response.span(), rule.zone()) : null;
        if (response.fail() != null) {
            closers.add(new Closer(response.failRole(), response.fail(), waiting, Role.FAILURE));
        }
        if (response.kind() == Kind.ALTERNATE) {
            closers.add(new Closer(Response.WHEN, pairing.when(), waiting, Role.CLOSER));
        }
        if (response.until() != null) {
            closers.add(new Closer(response.untilRole(), response.until().selector(), waitingForUntil, Role.CLOSER));
        }
    }

    /// First as an answer, then as a failure or what else closes, then as an activation: an event never answers itself.
    @Override
    public void see(Touchpoint event, int roles) {
        boolean candidate = (roles & Response.EXPECT) != 0;
        boolean mayBeMissed = candidate && !response.forbids();
        if (mayBeMissed) {
            vicinity.show(event);
        }
        boolean answers = (candidate && pairing.expect().selects(event)) || ((roles & handover) != 0 && response.handover().selects(event));
        if (answers) {
            waiting.offer(event, budget);
        }
        for (var closer : closers) {
            if ((roles & closer.role()) != 0 && closer.selector().selects(event)) {
                closer.waiting().close(event, closer.plays());
            }
        }
        if ((roles & Response.WHEN) != 0 && pairing.when().selects(event)) {
            duties.add(activate(event));
        }
        if (mayBeMissed) {
            vicinity.remember(event);
        }
        if (answers && before != null) {
            before.add(event, event);
        }
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return duties.stream().map(duty -> duty.judge(horizon, budget.isSpent())).toList();
    }

    private Duty activate(Touchpoint event) {
        var key = waiting.key(event);
        if (key.isEmpty()) {
            return new Unknowable(rule, event, pairing.by().reason(event));
        }
        var untilKey = waitingForUntil == waiting ? key : waitingForUntil.key(event);
        if (untilKey.isEmpty()) {
            return new Unknowable(rule, event, response.until().by().reason(event));
        }
        return switch (Due.of(response.within(), event, rule.zone())) {
            case Due.Never _ -> await(event, key.get(), untilKey.get(), null);
            case Due.By(var deadline) -> await(event, key.get(), untilKey.get(), deadline);
            case Due.Unknown(var reason) -> new Unknowable(rule, event, reason);
        };
    }

    private Duty await(Touchpoint event, String key, String untilKey, @Nullable Deadline deadline) {
        var duty = response.forbids() ? new Prohibition(rule, pairing, event, deadline) : obligation(event, key, deadline);
        if (!duty.isOver()) {
            waiting.add(key, duty);
            if (waitingForUntil != waiting) {
                waitingForUntil.add(untilKey, duty);
            }
        }
        return duty;
    }

    private Obligation obligation(Touchpoint event, String key, @Nullable Deadline deadline) {
        var obligation = new Obligation(rule, response, event, deadline, vicinity.around());
        if (before != null) {
            before.latest(key, event, earlier -> budget.spend() && pairing.joins(event, earlier)).ifPresent(obligation::metBefore);
        }
        return obligation;
    }
}
