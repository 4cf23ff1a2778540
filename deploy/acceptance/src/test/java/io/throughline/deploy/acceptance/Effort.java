package io.throughline.deploy.acceptance;

/// How much is tried: little on every change, all of it by `./throughline test --long`.
final class Effort {
    /// Named in the annotations of tests that run in the long set only.
    static final String LONG = "long";

    private Effort() {}

    static boolean isLong() {
        return Boolean.getBoolean(LONG);
    }

    static int of(int usual, int inTheLongSet) {
        return isLong() ? inTheLongSet : usual;
    }
}
