package io.throughline.deploy.cli;

/// A command that asks for what cannot be, in words for the person who typed it; ends with [ExitCode#USAGE].
final class WrongUsage extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongUsage(String message) {
        super(message);
    }
}
