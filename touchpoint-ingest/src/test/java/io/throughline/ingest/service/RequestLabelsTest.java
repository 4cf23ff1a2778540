package io.throughline.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a caller sends never becomes a label.
class RequestLabelsTest {

    @Test
    void whateverIsSentThereAreFewLabelsAndNoIdentityAmongThem() {
        var meters = new SimpleMeterRegistry();
        meters.config().meterFilter(new RequestLabels());
        IntStream.range(0, 1_000).forEach(i -> {
            for (var path : new String[] {"/v1/sources/customer:ada" + i, "/v1/events/customer:ada" + i, "/v1/events", "root"}) {
                Timer.builder("http.server.requests").tag("uri", path).tag("method", i % 2 == 0 ? "POST" : "ADA" + i).register(meters);
            }
        });
        assertThat(meters.getMeters()).hasSize(8);
        var labels = meters.getMeters().stream().map(meter -> meter.getId().toString()).collect(Collectors.joining());
        assertThat(labels).doesNotContain("ada", "ADA").contains("/v1/sources/{name}", "/v1/events", "OTHER", "root");
    }
}
