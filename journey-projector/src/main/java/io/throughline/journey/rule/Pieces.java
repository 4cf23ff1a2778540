package io.throughline.journey.rule;

import io.throughline.events.EventKey;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The evidence of one activation as it comes in, in the order of the journey. Of many pieces it keeps the first, counts all and digests all.
final class Pieces {

    /// How many are told of: more prove no more. With [#MAX_TEXT] they make sure that a finding fits a record of the log many times over.
    static final int MAX = 100;
    /// Bytes of their sources and ids, as JSON.
    static final int MAX_TEXT = 32 * 1024;
    /// Bytes of memory that one takes beside its texts.
    private static final int OVERHEAD = 150;

    private final List<Evidence> first = new ArrayList<>(2);
    private long count;
    private int text;
    private long weight;
    /// Of all, from the first one on that is not kept.
    private @Nullable Digest128 all;

    Pieces add(Role role, Touchpoint event) {
        int length = Words.jsonBytes(event.source()) + Words.jsonBytes(event.id());
        return add(role, event, first.size() < MAX && text + length <= MAX_TEXT, length);
    }

    /// One that the verdict cannot do without: kept however many there are.
    Pieces name(Role role, @Nullable Touchpoint event) {
        return event == null ? this : add(role, event, true, 0);
    }

    private Pieces add(Role role, Touchpoint event, boolean kept, int length) {
        if (!kept && all == null) {
            all = new Digest128();
            for (var piece : first) {
                Proof.add(all, piece.role(), EventKey.of(piece.event().source(), piece.event().id()));
            }
        }
        if (all != null) {
            Proof.add(all, role, event.key());
        }
        if (kept) {
            first.add(Evidence.of(role, event));
            text += length;
            weight += OVERHEAD + length;
        }
        count++;
        return this;
    }

    /// Bytes of memory.
    long weight() {
        return weight;
    }

    long count() {
        return count;
    }

    /// Ends it.
    Proof proof() {
        return all == null ? Proof.of(first) : new Proof(first, count, all.value());
    }
}
