package io.throughline.journey.store;

/// The database cannot be reached, refused, or did not answer in time. What was begun has not happened.
public final class DatabaseException extends RuntimeException {

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
