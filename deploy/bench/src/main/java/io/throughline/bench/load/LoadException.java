package io.throughline.bench.load;

/// The load could not be put on, or was not taken: then nothing was measured.
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LoadException(String message) {
        super(message);
    }
}
