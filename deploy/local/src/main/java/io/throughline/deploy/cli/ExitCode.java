package io.throughline.deploy.cli;

/// What a program that calls us learns without reading.
public final class ExitCode {
    public static final int DONE = 0;
    /// Done, and the answer is not a good one: lines refused, nothing found, not running.
    static final int NOT_SO = 1;
    /// Wrongly called (picocli's own code).
    static final int USAGE = 2;
    /// It could not be done: the stack does not run, cannot be reached, refused, or failed to start.
    public static final int FAILED = 3;

    static final String HELP = "%nExit codes: 0 done; 1 done, with something refused or not found; 2 wrong usage; 3 it could not be done.";

    private ExitCode() {}
}
