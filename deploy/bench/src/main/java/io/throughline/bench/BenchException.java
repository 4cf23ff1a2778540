package io.throughline.bench;

/// Why something could not be measured, in words for the person who asked.
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }
}
