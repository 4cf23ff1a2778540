package io.throughline.journey.project;

/// The broker did not answer in time. Nothing is wrong with what was read so far, and the log can be read on once it answers again.
public final class SilentLogException extends RuntimeException {

    public SilentLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
