package io.throughline.ingest.imports;

/// How an import ended.
public sealed interface Ending {

    Summary summary();

    /// Every line was read, and is acknowledged or refused.
    record Complete(Summary summary) implements Ending {}

    /// The body is something else than events, one a line. Nothing of it was taken.
    ///
    /// @param description what it is and what to do instead, after "it is"
    record OtherFormat(Summary summary, String description) implements Ending {}

    /// The body could not be read to its end. What was accepted before stays.
    ///
    /// @param unreadFromLine the first line that was not read
    record CutShort(Summary summary, long unreadFromLine) implements Ending {}

    /// The log stopped acknowledging. Sending the file again, whole or from the next line on, is harmless.
    ///
    /// @param acknowledgedThroughLine all lines up to this one are acknowledged or refused
    record LogLost(Summary summary, long acknowledgedThroughLine) implements Ending {}
}
