package io.throughline.bench;

import java.util.List;

/// One of the things that are measured, in turns with its bare limit.
interface Measurement {
    /// For `--only`.
    String name();

    /// Takes all rounds.
    ///
    /// @throws BenchException when it cannot be measured here
    List<Measured> take(Rig rig, Plan plan, Progress progress) throws Exception;
}
