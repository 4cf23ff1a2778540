package io.throughline.deploy.stack;

import java.io.IOException;
import java.nio.file.Path;

/// Why the stack cannot run, in words for the person who started it.
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int TAIL_LINES = 15;

    public StackException(String message) {
        super(message);
    }

    StackException(String message, Path log) {
        super(message + " The end of " + log + ":" + System.lineSeparator() + tail(log));
    }

    private static String tail(Path log) {
        try {
            return LogFile.tail(log, TAIL_LINES).indent(2);
        } catch (IOException _) {
            return "  (it cannot be read)";
        }
    }
}
