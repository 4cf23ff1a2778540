package io.throughline.deploy.acceptance;

import java.util.Random;

/// Chance that can be had again.
final class Seed {
    private Seed() {}

    /// Random by a seed that is printed; `-Dseed=N` gives it back.
    static Random random(Class<?> test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("%s: seed %d (again with -Dseed=%d)%n", test.getSimpleName(), seed, seed);
        return new Random(seed);
    }
}
