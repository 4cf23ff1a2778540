package io.throughline.journey.rule;

import static io.throughline.journey.rule.Feeds.feeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final String NOW = "2026-05-04T12:00:00Z";

    @Test
    void aHeartbeatMovesTheWatermarkOrElseTheClockDoes() {
        var watermarks = feeds()
                .source("/beating", "PT1M", "PT2H").heard("/beating", "2026-05-04T11:00:00Z").heard("/beating", "2026-05-04T10:00:00Z")
                .source("/delayed", null, "PT3H").heard("/delayed", "2026-05-04T11:00:00Z")
                .source("/mute", "PT1M", "PT0S")
                .at(NOW);
        assertThat(watermarks.of("/beating")).isEqualTo("2026-05-04T09:00:00Z");
        assertThat(watermarks.of("/delayed")).isEqualTo("2026-05-04T09:00:00Z");
        assertThat(watermarks.of("/mute")).isNull();
        assertThat(watermarks.of("/unregistered")).isEqualTo(NOW);
    }

    @Test
    void whatWasRecordedAfterTheEvaluationTimeDoesNotCountYet() {
        var ahead = new SourceState("/s", List.of(), Duration.ZERO, Duration.ZERO, Instant.parse("2026-05-04T12:00:00.000001Z"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Watermarks(Instant.parse(NOW), List.of(ahead))).withMessageContaining("/s");
    }

    @Test
    void aSourceIsRegisteredOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> feeds().source("/s", null, "PT0S").source("/s", "PT1M", "PT0S").at(NOW))
                .withMessageContaining("/s");
    }

    @Test
    void spansAreNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> feeds().source("/s", null, "PT-1S")).withMessageContaining("/s");
        assertThatIllegalArgumentException().isThrownBy(() -> feeds().source("/s", "PT-1S", "PT0S")).withMessageContaining("/s");
    }

    @Test
    void nothingIsEvaluatedAheadOfTheEvaluationTime() {
        var rulebook = new Rulebook(List.of());
        var ahead = Instant.parse(NOW).plusNanos(1_000);
        assertThatIllegalArgumentException().isThrownBy(() -> rulebook.beginSmall(ahead, feeds().at(NOW))).withMessageContaining(NOW);
    }
}
