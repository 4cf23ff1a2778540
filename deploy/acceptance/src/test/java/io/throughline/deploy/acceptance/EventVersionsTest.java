package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Events of versions and of types that this build does not know are kept and shown; none is dropped, and rules about other versions leave them alone.
class EventVersionsTest {
    private static final Instant MOVED = Instant.parse("2026-03-02T18:12:00Z");
    private static final List<String> TYPES = List.of("address-changed.v1", "address-changed.v0", "address-changed.v9", "address-changed",
            "loyalty-tier-reached.v3", "Weird.Type/2");

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    @Test
    void everyVersionIsKeptAndShown() throws Exception {
        var fault = FaultTable.fault(13, "old and unknown event versions");
        try (var log = TouchpointLog.recordedByTheBroker("versions", 3)) {
            TYPES.forEach(type -> {
                var event = Events.event("/channels/self-service", "of-" + type, type, "customer:versions", MOVED);
                event.put("extensionofnextyear", "kept");
                event.withObject("data").put("addressId", "home").put("kind", "postal").put("version", 2).put("fieldOfNextYear", true);
                log.write(event);
            });
            log.flush();
            var projection = Projection.of(log.topic(), "versions");
            try (var projector = projection.start("projector", Map.of()).awaitReady()) {
                projection.settle(projector);
                var journey = projector.as("analyst").get("/v1/journeys/" + TouchpointLog.token("customer:versions")).with(200).json();
                assertThat(journey.path("touchpoints").findValuesAsText("type")).containsExactlyInAnyOrderElementsOf(TYPES);
                assertThat(journey.path("touchpoints").findValues("data")).allSatisfy(data -> assertThat(data.path("fieldOfNextYear").asBoolean()).isTrue());
                assertThat(journey.path("findings").findValuesAsText("rule")).as("of the one version that the rule is about")
                        .containsExactly("address-change-unacknowledged");
                assertThat(projector.status().path("meta").path("quarantined").asLong()).isZero();
                fault.held(projection.audited());
            }
        }
    }
}
