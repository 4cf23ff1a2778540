package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Follows the duties of a [Response]. Memory and time stay in proportion to what is open, however long the journey.
final class ResponseTracker implements Tracker {

    /// How many can wait for being met late: more unmet obligations of one kind are no customer's.
    private static final int MAX_OVERDUE = 4_096;

    /// What ends windows before their time.
    private record Closer(int role, Selector selector, Waiting waiting, Role plays) {}

    private final Docket docket;
    private final Response response;
    private final Pairing pairing;
    private final Waiting waiting;
    private final Waiting waitingForUntil;
    private final List<Closer> closers = new ArrayList<>(0);
    private final int handover;
    private final Vicinity vicinity;
    private final @Nullable Memory<Touchpoint> before;
    /// Those whose windows have not ended, and will by themselves: nothing has to come for that.
    private final TreeSet<Duty> ending = new TreeSet<>(Comparator.comparing((Duty one) -> one.deadline().at()).thenComparing(Duty::activation));
    /// Obligations whose deadline has passed, in the order of their deadlines: they can still be met late.
    private final SequencedSet<Obligation> overdue = new LinkedHashSet<>();

    ResponseTracker(Docket docket, Response response) {
        this.docket = docket;
        this.response = response;
        this.pairing = response.pairing();
        this.vicinity = new Vicinity(docket.meter());
        this.waiting = new Waiting(docket, pairing.by(), duty -> duty.keys().match());
        this.waitingForUntil = response.until() == null || response.until().by().equals(pairing.by())
                ? waiting : new Waiting(docket, response.until().by(), duty -> duty.keys().until());
        this.handover = response.handoverRole();
        this.before = response.looksAround() ? new Memory<>(pairing.by(), response.span(), docket) : null;
        if (response.fail() != null) {
            closers.add(new Closer(response.failRole(), response.fail(), waiting, Role.FAILURE));
        }
        if (response.kind() == Response.Kind.ALTERNATE) {
            closers.add(new Closer(Response.WHEN, pairing.when(), waiting, Role.CLOSER));
        }
        if (response.until() != null) {
            closers.add(new Closer(response.untilRole(), response.until().selector(), waitingForUntil, Role.CLOSER));
        }
    }

    /// First as an answer, then as a failure or what else closes, then as an activation: an event never answers itself.
    @Override
    public void see(Touchpoint event, int roles) {
        end(event.occurredAt());
        boolean candidate = (roles & Response.EXPECT) != 0;
        boolean mayBeMissed = candidate && !response.forbids();
        if (mayBeMissed) {
            vicinity.show(event);
        }
        boolean answers = (candidate && pairing.expect().selects(event, docket.meter()))
                || ((roles & handover) != 0 && response.handover().selects(event, docket.meter()));
        if (answers) {
            waiting.offer(event, duty -> leave(duty, waitingForUntil));
        }
        for (var closer : closers) {
            if ((roles & closer.role()) != 0 && closer.selector().selects(event, docket.meter())) {
                closer.waiting().close(event, closer.plays(), duty -> leave(duty, closer.waiting() == waiting ? waitingForUntil : waiting));
            }
        }
        if ((roles & Response.WHEN) != 0 && pairing.when().selects(event, docket.meter())) {
            activate(event);
        }
        if (mayBeMissed) {
            vicinity.remember(event);
        }
        if (answers && before != null) {
            before.add(event, event);
        }
    }

    private void end(Instant now) {
        while (!ending.isEmpty() && ending.getFirst().deadline().hasPassedAt(now)) {
            switch (ending.removeFirst()) {
                case Prohibition prohibition -> {
                    prohibition.endBefore(now);
                    waiting.remove(prohibition);
                    waitingForUntil.remove(prohibition);
                }
                case Obligation obligation -> overdue.addLast(obligation);
            }
        }
        while (overdue.size() > MAX_OVERDUE) {
            var oldest = overdue.removeFirst();
            oldest.giveUp("more than " + MAX_OVERDUE + " are overdue; whether it was met late was not followed");
            waiting.remove(oldest);
            waitingForUntil.remove(oldest);
        }
    }

    /// @param other where else it waits, beside the place that lets go of it by itself
    private void leave(Duty duty, Waiting other) {
        if (waitingForUntil != waiting) {
            other.remove(duty);
        }
        if (duty.deadline() != null) {
            ending.remove(duty);
            overdue.remove(duty);
        }
    }

    @Override
    public void conclude(Horizon horizon) {
        waiting.forEach(duty -> duty.conclude(horizon));
    }

    private void activate(Touchpoint event) {
        var key = docket.key(pairing.by(), event);
        if (key.isEmpty()) {
            unknown(event, pairing.by().reason(event));
            return;
        }
        var untilKey = waitingForUntil == waiting ? key : docket.key(response.until().by(), event);
        if (untilKey.isEmpty()) {
            unknown(event, response.until().by().reason(event));
            return;
        }
        var keys = new Duty.Keys(key.get(), untilKey.get());
        switch (Due.of(response.within(), event, docket)) {
            case Due.Never _ -> await(event, keys, null);
            case Due.By(var deadline) -> await(event, keys, deadline);
            case Due.Unknown(var reason) -> unknown(event, reason);
        }
    }

    private void unknown(Touchpoint event, String reason) {
        docket.settle(docket.draft(docket.open(event.occurredAt()), event, Verdict.UNDETERMINED).evidence(Role.ACTIVATION, event).note(reason).certain());
    }

    private void await(Touchpoint event, Duty.Keys keys, @Nullable Deadline deadline) {
        var duty = response.forbids() ? new Prohibition(docket, pairing, event, keys, deadline) : obligation(event, keys, deadline);
        if (!duty.isOver()) {
            waiting.add(duty);
            if (waitingForUntil != waiting) {
                waitingForUntil.add(duty);
            }
            if (deadline != null) {
                ending.add(duty);
            }
        }
    }

    private Obligation obligation(Touchpoint event, Duty.Keys keys, @Nullable Deadline deadline) {
        var obligation = new Obligation(docket, response, event, keys, deadline, vicinity.around());
        if (before != null) {
            before.latest(keys.match(), event, earlier -> {
                docket.meter().spend(1);
                return pairing.joins(event, earlier, docket.meter());
            }).ifPresent(obligation::metBefore);
        }
        return obligation;
    }
}
