package io.throughline.ingest;

/// Counts what became of events, for those who watch. Safe for all threads.
public interface Tally {

    void accepted();

    /// @param code of the problem
    void rejected(String code);

    void unknown();

    /// A request was refused as a whole.
    ///
    /// @param code of the problem
    void refused(String code);

    /// An event is on its way to the log.
    void taken(Admission.Decision.Accepted event);
}
