package io.throughline.deploy.acceptance;

/// How much is tried: little on every change, all of it by `./throughline test --long`.
final class Effort {
    /// Named in the annotations of tests that run in the long set only.
    static final String LONG = "long";

    private Effort() {}

    static int of(int usual, int inTheLongSet) {
        return Boolean.getBoolean(LONG) ? inTheLongSet : usual;
    }
}
