package io.throughline.journey.rule;

import java.util.Random;
import java.util.stream.LongStream;

/// Seeds of property tests. `-Dseed=N` replays one case, `-Dseeds=N` runs as many as that.
public final class Seeds {

    private Seeds() {}

    public static LongStream some(int count) {
        return Long.getLong("seed") instanceof Long given ? LongStream.of(given) : new Random().longs(Integer.getInteger("seeds", count));
    }
}
