package io.throughline.deploy.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;

/// What the operating system can do to a process.
enum Signal {
    STOP,
    CONT,
    KILL,
    QUIT;

    void to(long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).inheritIO().start().waitFor();
            if (code != 0) {
                throw new AssertionError("Process " + pid + " could not be sent " + name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
