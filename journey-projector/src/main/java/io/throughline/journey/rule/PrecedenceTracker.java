package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.Precedence.Kind;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Remembers what a [Precedence] looks back for, and judges each activation at once.
final class PrecedenceTracker implements Tracker {

    /// How many activations without a precedent wait for candidates that come later: only a nearest miss is still sought for them.
    private static final int MAX_WAITING = 256;
    /// Bytes of memory of one that waits, beside the events.
    private static final int OVERHEAD = 400;

    /// An activation that nothing precedes. A nearest miss may come later.
    private record Missing(long place, Touchpoint event, Surroundings surroundings) {}

    private final Docket docket;
    private final Precedence precedence;
    private final Pairing pairing;
    private final Memory<Touchpoint> memory;
    private final Vicinity vicinity;
    private final ArrayDeque<Missing> waiting = new ArrayDeque<>(2);

    PrecedenceTracker(Docket docket, Precedence precedence) {
        this.docket = docket;
        this.precedence = precedence;
        this.pairing = precedence.pairing();
        this.memory = new Memory<>(pairing.by(), precedence.within(), docket);
        this.vicinity = new Vicinity(docket.meter());
    }

    /// First as an activation: an event never precedes itself.
    @Override
    public void see(Touchpoint event, int roles) {
        boolean activates = (roles & Precedence.WHEN) != 0 && pairing.when().selects(event, docket.meter());
        if (activates) {
            activate(event);
        }
        if ((roles & Precedence.EXPECT) != 0) {
            if (!precedence.forbids()) {
                vicinity.show(event);
                vicinity.remember(event);
                tellWhatHasSeenEnough();
            }
            if (pairing.expect().selects(event, docket.meter())) {
                remember(event);
            }
        }
        if (activates && precedence.kind() == Kind.ALTERNATE) {
            docket.key(pairing.by(), event).ifPresent(memory::forget);
        }
    }

    private void remember(Touchpoint event) {
        docket.key(pairing.by(), event).ifPresent(key -> {
            if (precedence.remembersOne()) {
                memory.forget(key);
            }
            memory.add(key, event, event);
        });
    }

    @Override
    public void conclude(Horizon horizon) {
        while (!waiting.isEmpty()) {
            tellFirst();
        }
    }

    private void activate(Touchpoint event) {
        long place = docket.open(event.occurredAt());
        var key = docket.key(pairing.by(), event);
        if (key.isEmpty()) {
            docket.settle(draft(place, event, Verdict.UNDETERMINED).evidence(Role.ACTIVATION, event).note(pairing.by().reason(event)).certain());
        } else if (precedence.forbids()) {
            judgeForbidden(place, event, key.get());
        } else {
            memory.latest(key.get(), event, earlier -> joins(event, earlier)).ifPresentOrElse(
                    last -> docket.settle(draft(place, event, Verdict.SATISFIED).evidence(Role.PRECEDENT, last).evidence(Role.ACTIVATION, event)
                            .noteOrder(last).certain()),
                    () -> await(place, event));
        }
    }

    private boolean joins(Touchpoint event, Touchpoint earlier) {
        docket.meter().spend(1);
        return pairing.joins(event, earlier, docket.meter());
    }

    private void judgeForbidden(long place, Touchpoint event, String key) {
        var matches = new Pieces();
        var last = new @Nullable Touchpoint[1];
        memory.forEach(key, event, earlier -> {
            if (joins(event, earlier)) {
                docket.meter().spend(1);
                matches.add(Role.FORBIDDEN, earlier);
                last[0] = earlier;
            }
        });
        if (last[0] == null) {
            docket.settle(draft(place, event, Verdict.SATISFIED).evidence(Role.ACTIVATION, event).certain().unless(pairing.expect(), event.occurredAt()));
        } else {
            docket.settle(draft(place, event, Verdict.VIOLATED).gathered(matches.name(Role.ACTIVATION, event)).other(last[0]).broken(event.occurredAt())
                    .noteOrder(last[0]).certain());
        }
    }

    private void await(long place, Touchpoint event) {
        if (waiting.size() == MAX_WAITING) {
            tellFirst();
        }
        docket.meter().hold(OVERHEAD + event.weight());
        waiting.addLast(new Missing(place, event, vicinity.around()));
    }

    private void tellWhatHasSeenEnough() {
        while (!waiting.isEmpty() && waiting.getFirst().surroundings().haveSeenEnough()) {
            tellFirst();
        }
    }

    private void tellFirst() {
        var missing = waiting.removeFirst();
        var event = missing.event();
        var nearest = NearestMissSearch.in(docket, () -> Comparison.before(pairing, event, precedence.within(), docket.rule().zone()),
                search -> missing.surroundings().nearestMiss(search, List.of()));
        missing.surroundings().forget();
        docket.meter().release(OVERHEAD + event.weight());
        docket.settle(draft(missing.place(), event, Verdict.VIOLATED).evidence(Role.ACTIVATION, event).broken(event.occurredAt()).missed(nearest).certain()
                .unless(pairing.expect(), event.occurredAt()));
    }

    private Draft draft(long place, Touchpoint event, Verdict verdict) {
        return docket.draft(place, event, verdict).dueAtTheActivation();
    }
}
