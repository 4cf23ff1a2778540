package io.throughline.journey.rule.work;

import org.jspecify.annotations.Nullable;

/// Counts what something costs, and ends it when it costs too much. Used by one thread.
///
/// It counts units of work and bytes only, so that the same events and rules always end at the same place.
public final class Meter {

    private final Limits limits;
    private final @Nullable Meter ofAll;
    private long left;
    private long held;
    private @Nullable Exhausted exhausted;

    public Meter(Limits limits) {
        this(limits, null);
    }

    private Meter(Limits limits, @Nullable Meter ofAll) {
        this.limits = limits;
        this.ofAll = ofAll;
        this.left = limits.units();
    }

    /// One that nothing exhausts.
    public static Meter unlimited() {
        return new Meter(Limits.NONE);
    }

    /// For one of several that share what may be held.
    ///
    /// @param limits of the one
    public Meter share(Limits limits) {
        return new Meter(limits, this);
    }

    /// @throws Exhausted where more was spent than there is
    public void spend(long units) {
        left -= units;
        if (left < 0) {
            exhaust("more than " + limits.units() + " units of work");
        }
    }

    /// @throws Exhausted where more is held than may be
    public void hold(long bytes) {
        held += bytes;
        if (held > limits.bytes()) {
            exhaust("more than " + limits.bytes() + " bytes to keep open");
        }
        if (ofAll != null) {
            ofAll.held += bytes;
            if (ofAll.held > limits.bytesOfAll()) {
                exhaust("more than " + limits.bytesOfAll() + " bytes to keep open for all rules");
            }
        }
    }

    public void release(long bytes) {
        held -= bytes;
        if (ofAll != null) {
            ofAll.held -= bytes;
        }
    }

    /// Nothing is held any more.
    public void releaseAll() {
        release(held);
    }

    private void exhaust(String reason) {
        left = Math.min(left, -1);
        exhausted = exhausted == null ? new Exhausted(reason) : exhausted;
        throw exhausted;
    }

    /// Throws again what was thrown before, where something between may have caught it.
    public void check() {
        if (exhausted != null) {
            throw exhausted;
        }
    }

    public boolean isExhausted() {
        return exhausted != null;
    }

    /// Units of work so far.
    public long spent() {
        return limits.units() - left;
    }

    /// Bytes now.
    public long held() {
        return held;
    }
}
