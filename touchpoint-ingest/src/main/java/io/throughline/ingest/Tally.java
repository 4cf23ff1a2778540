package io.throughline.ingest;

/// Counts what became of events, for those who watch. Safe for all threads.
public interface Tally {

    void accepted();

    /// @param code of the problem
    void rejected(String code);

    void unknown();
}
