package io.throughline.deploy.gateway;

/// Whether the other side moves fast enough, by looks at regular times: so many bytes in so many looks at which it was its turn.
///
/// A side that is held up by us is not looked at: an upload may wait for its service for as long as that takes.
final class Pace {
    private final int looks;
    private final long bytes;
    private int looked;
    private long before;

    /// @param looks that make a window
    /// @param bytes fewest in a window
    Pace(int looks, long bytes) {
        this.looks = looks;
        this.bytes = bytes;
    }

    static Pace of(Limits limits) {
        return new Pace((int) Math.max(1, limits.window().dividedBy(limits.look())), limits.windowBytes());
    }

    /// @param total bytes so far
    /// @param itsTurn whether we wait for it now
    /// @return false when a window has ended with fewer bytes than it must have
    boolean keeps(long total, boolean itsTurn) {
        if (!itsTurn || ++looked < looks) {
            return true;
        }
        boolean kept = total - before >= bytes;
        looked = 0;
        before = total;
        return kept;
    }
}
