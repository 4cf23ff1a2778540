package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/// A deadline is found by the clock, not by the next event.
class DeadlineTest {
    private static final String RULE = "acceptance-deadline";

    @Test
    void theFindingOpensByItself() {
        var stack = Stack.common();
        var event = Events.event("/channels/web", "asked-1", "acceptance-asked.v1", "customer:waiting", Instant.now());
        event.withObject("data").put("question", "q-1");
        stack.source("/channels/web").post(event).with(202);

        var analyst = stack.as("analyst");
        var findings = await().atMost(Duration.ofSeconds(120))
                .until(() -> analyst.get("/v1/findings", "rule", RULE).with(200).json().path("items"), items -> !items.isEmpty());

        assertThat(findings).hasSize(1);
        var finding = findings.get(0);
        assertThat(finding.path("status").asText()).isEqualTo("open");
        assertThat(finding.path("revision").asInt()).as("never told before").isEqualTo(1);
        assertThat(finding.path("activation").get(0).path("id").asText()).isEqualTo("asked-1");
        var deadline = Instant.parse(finding.path("deadline").path("at").asText());
        assertThat(deadline).isEqualTo(Instant.parse(event.path("time").asText()).truncatedTo(ChronoUnit.MICROS).plusSeconds(3));
        assertThat(Instant.parse(finding.path("knownAt").asText())).as("told no earlier than it was true").isAfter(deadline);
        assertThat(analyst.get("/v1/journeys", "identity", "customer:waiting").json().path("touchpoints")).as("no event came after").hasSize(1);
    }
}
