package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A server of the local stack: how to run it and how to see that it serves. [ServerProcess] runs one.
///
/// Command lines name the stack's data folder, so that a process whose supervisor was killed can be
/// told from a stranger that was given its number.
public interface LocalServer {
    /// One word: the name of its log file and in `status`.
    String name();

    /// The loopback port on which it serves.
    int port();

    /// The loopback port of its health and figures; null where it has none.
    default Integer managementPort() {
        return null;
    }

    /// Where its standard output and error go, appended.
    Path log();

    /// Makes what the process needs before it can start; does nothing when it is there already.
    /// @throws IOException saying what could not be made
    void prepare() throws IOException;

    /// The process to start, without redirections.
    /// @throws IOException when what it is made of cannot be read
    ProcessBuilder command() throws IOException;

    /// Asks the server once whether it serves; never throws and never waits longer than a second or two.
    boolean ready();

    /// The signal that asks it to end soon and in order.
    default String stopSignal() {
        return "TERM";
    }

    /// How long an orderly end may take before the process is killed.
    default Duration stopLimit() {
        return Duration.ofSeconds(20);
    }
}
