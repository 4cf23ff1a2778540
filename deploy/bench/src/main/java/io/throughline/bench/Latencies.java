package io.throughline.bench;

import java.util.Map;

/// How long after the HTTP answer the findings of one round were seen, in milliseconds, sorted.
///
/// @param http read through `GET /v1/findings`
/// @param stream read from `GET /v1/findings/stream`
/// @param topic read from the topic of findings
/// @param log the event itself, read from the log by a bare consumer: less than nothing where that was quicker than the answer
/// @param missing events whose finding was not seen at all
record Latencies(double[] http, double[] stream, double[] topic, double[] log, int missing) {

    /// @param answered by event number, as are the others; all by `System.nanoTime()`
    static Latencies of(Map<Long, Long> answered, Map<Long, Long> http, Map<Long, Long> stream, Map<Long, Long> topic, Map<Long, Long> log) {
        int missing = (int) answered.keySet().stream().filter(number -> !http.containsKey(number)).count();
        return new Latencies(between(answered, http), between(answered, stream), between(answered, topic), between(answered, log), missing);
    }

    private static double[] between(Map<Long, Long> answered, Map<Long, Long> seen) {
        return answered.entrySet().stream().filter(entry -> seen.containsKey(entry.getKey()))
                .mapToDouble(entry -> (seen.get(entry.getKey()) - entry.getValue()) / 1e6).sorted().toArray();
    }

    static double p50(double[] sorted) {
        return Measured.percentile(sorted, 0.5);
    }

    static double p99(double[] sorted) {
        return Measured.percentile(sorted, 0.99);
    }

    @Override
    public String toString() {
        return "p50 %.0f ms, p99 %.0f ms of %d findings (stream %.0f, %.0f; topic %.0f, %.0f; log %.1f, %.1f)%s".formatted(
                p50(http), p99(http), http.length, p50(stream), p99(stream), p50(topic), p99(topic), p50(log), p99(log), missing == 0 ? "" : ", " + missing + " MISSING");
    }
}
