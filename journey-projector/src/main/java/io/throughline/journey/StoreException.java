package io.throughline.journey;

/// The store cannot be reached, refused, or did not answer in time. What was begun has not happened.
public class StoreException extends RuntimeException {

    private final boolean aboutTheValues;

    /// @param aboutTheValues whether it refused because of the values it was given, so that it will refuse the same ones again
    protected StoreException(String message, Throwable cause, boolean aboutTheValues) {
        super(message, cause);
        this.aboutTheValues = aboutTheValues;
    }

    /// Whether the same values will be refused however often they are tried: one is too long, or is not one of its type.
    public final boolean isAboutTheValues() {
        return aboutTheValues;
    }
}
