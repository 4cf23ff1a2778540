package io.throughline.journey.query;

import java.time.Duration;

/// Brings the projection to rest for a moment, and says what it amounts to.
public interface Settling {

    /// Holds back projection, waits until everyone is evaluated at the time that is then fixed, reads the digests, and lets go.
    ///
    /// @throws io.throughline.journey.Refusal when more is waiting than can be evaluated within `patience`
    Settled settle(Duration patience);
}
