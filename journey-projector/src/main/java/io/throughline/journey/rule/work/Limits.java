package io.throughline.journey.rule.work;

/// How much one rule may cost on one journey.
///
/// @param units of work. One is, by estimate, a quarter of a microsecond of a slow core: a pair of events compared by plain Java, 64
///     characters of data parsed, four nodes of an expression of CEL, 32 characters times one state of a regular expression
/// @param bytes held for what is open: events that wait, and what is remembered of them
/// @param bytesOfAll the same, of all rules on the journey together
public record Limits(long units, long bytes, long bytesOfAll) {

    /// About a second by the estimate of a unit, and what fits beside everything else into a heap of 256 MiB. 1,500 statements that all
    /// contradict each other (1,124,250 pairs) are within it, 3,000 are not.
    public static final Limits OF_A_RULE = new Limits(4_000_000, 24L << 20, 48L << 20);

    /// For nearest misses, which only help to understand a verdict: a quarter of the work.
    public static final Limits OF_NEAREST_MISSES = new Limits(1_000_000, Long.MAX_VALUE, Long.MAX_VALUE);

    public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /// So many units, and as many bytes as there are.
    public static Limits ofWork(long units) {
        return new Limits(units, Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
