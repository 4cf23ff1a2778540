package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.cel.Truth;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows the obligations of a [Response].
///
/// Unmet obligations wait under their correlation key, so a candidate meets only those that it can meet; one that is met keeps
/// nothing but its verdict. Memory and time stay in proportion to what is open, however long the journey.
final class ResponseTracker implements Tracker {

    private final Rule rule;
    private final Response response;
    private final List<Obligation> obligations = new ArrayList<>();
    private final Map<String, List<Obligation>> waiting = new HashMap<>();
    private final ArrayDeque<Obligation> watching = new ArrayDeque<>();
    private final ArrayDeque<Touchpoint> recent = new ArrayDeque<>();

    ResponseTracker(Rule rule, Response response) {
        this.rule = rule;
        this.response = response;
    }

    /// First as an answer, then as an activation: an event never answers itself.
    @Override
    public void see(Touchpoint event, int roles) {
        boolean candidate = (roles & Response.EXPECT) != 0;
        if (candidate) {
            showToWatching(event);
            answer(event);
        }
        if ((roles & Response.WHEN) != 0 && response.when().selects(event)) {
            activate(event);
        }
        if (candidate) {
            remember(event);
        }
    }

    @Override
    public List<Activation> conclude(Instant asOf) {
        return obligations.stream().map(obligation -> obligation.verdictAt(asOf)).toList();
    }

    private void activate(Touchpoint event) {
        var key = response.by().key(event);
        if (key.isEmpty()) {
            unknowable(event, "this." + response.by().missing(event).getFirst() + " is missing");
            return;
        }
        switch (Due.of(response.within(), event, rule.zone())) {
            case Due.Never _ -> await(event, key.get(), null);
            case Due.By(var deadline) -> await(event, key.get(), deadline);
            case Due.Unknown(var reason) -> unknowable(event, reason);
        }
    }

    private void await(Touchpoint event, String key, @Nullable Deadline deadline) {
        var obligation = new Obligation(rule, response, event, deadline, List.copyOf(recent));
        obligations.add(obligation);
        waiting.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(obligation);
        watching.add(obligation);
    }

    private void unknowable(Touchpoint event, String reason) {
        var obligation = new Obligation(rule, response, event, null, List.of());
        obligation.cannotBeKnown(reason);
        obligations.add(obligation);
    }

    private void answer(Touchpoint candidate) {
        if (waiting.isEmpty() || !response.expect().selects(candidate)) {
            return;
        }
        response.by().key(candidate).ifPresent(key -> {
            var open = waiting.get(key);
            if (open != null && open.removeIf(obligation -> meets(candidate, obligation)) && open.isEmpty()) {
                waiting.remove(key);
            }
        });
    }

    private boolean meets(Touchpoint candidate, Obligation obligation) {
        if (response.where() != null && response.where().test(obligation.activation(), candidate) != Truth.TRUE) {
            obligation.noteCorrelated(candidate);
            return false;
        }
        obligation.met(candidate);
        return true;
    }

    /// Each obligation looks at the few candidates that follow it, in case none meets it. They follow in the order in which they were
    /// opened, so the oldest have seen enough first.
    private void showToWatching(Touchpoint candidate) {
        while (!watching.isEmpty() && watching.getFirst().hasSeenEnough()) {
            watching.removeFirst();
        }
        watching.forEach(obligation -> obligation.noteNear(candidate));
    }

    private void remember(Touchpoint candidate) {
        if (recent.size() == Obligation.NEIGHBOURS) {
            recent.removeFirst();
        }
        recent.addLast(candidate);
    }
}
