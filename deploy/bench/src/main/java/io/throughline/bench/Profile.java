package io.throughline.bench;

import java.util.Optional;

/// Recordings of where the time goes, where they are wanted.
final class Profile {
    private Profile() {}

    /// The options by which a JVM records itself (JFR) into the folder of the plan.
    static Optional<String> recording(Plan plan, String name) {
        return plan.profile().map(folder -> "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + folder.resolve(name + ".jfr"));
    }
}
