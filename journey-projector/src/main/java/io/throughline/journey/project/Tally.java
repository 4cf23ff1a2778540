package io.throughline.journey.project;

/// What became of the records of a partition. For each partition: records on the log = the sum of these, exactly.
public record Tally(long projected, long duplicates, long conflicts, long control, long unreadable) {

    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    public long sum() {
        return projected + duplicates + conflicts + control + unreadable;
    }

    Tally withProjected() {
        return new Tally(projected + 1, duplicates, conflicts, control, unreadable);
    }

    Tally withDuplicate() {
        return new Tally(projected, duplicates + 1, conflicts, control, unreadable);
    }

    Tally withConflict() {
        return new Tally(projected, duplicates, conflicts + 1, control, unreadable);
    }

    Tally withControl() {
        return new Tally(projected, duplicates, conflicts, control + 1, unreadable);
    }

    Tally withUnreadable() {
        return new Tally(projected, duplicates, conflicts, control, unreadable + 1);
    }

    /// One that was counted as projected turns out to be there already, with the same content.
    public Tally duplicateInstead() {
        return new Tally(projected - 1, duplicates + 1, conflicts, control, unreadable);
    }

    /// One that was counted as projected turns out to be there already, with other content.
    public Tally conflictInstead() {
        return new Tally(projected - 1, duplicates, conflicts + 1, control, unreadable);
    }
}
