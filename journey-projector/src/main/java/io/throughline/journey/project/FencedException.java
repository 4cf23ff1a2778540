package io.throughline.journey.project;

/// Another owner holds a partition, or its checkpoint is not the one we stored. Thrown inside the transaction: nothing of the batch is kept.
public final class FencedException extends RuntimeException {

    public FencedException(String message) {
        super(message);
    }
}
