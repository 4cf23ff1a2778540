package io.throughline.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final Comparison comparison = new Comparison();

    @BeforeEach
    void plantTwo() {
        comparison.expect(AddressStory.on(LocalDate.of(2026, 4, 2)));
    }

    @Test
    void agreesWhenEveryPlantedFaultIsFound() {
        comparison.found(finding("address-change-unacknowledged", "/channels/self-service", "ada-demo-4", "open"));
        assertThat(comparison.agrees()).isFalse();
        comparison.found(finding("stale-address-on-dispatch", "/systems/card-dispatch", "ada-demo-5", "resolved"));
        assertThat(comparison.agrees()).isTrue();
    }

    @Test
    void aFindingThatWasTakenBackIsNone() {
        agreesWhenEveryPlantedFaultIsFound();
        comparison.found(finding("undelivered", "/systems/card-dispatch", "ada-demo-5", "withdrawn"));
        assertThat(comparison.agrees()).isTrue();
    }

    @Test
    void anotherFindingAboutTheSameCustomersIsADifference() {
        agreesWhenEveryPlantedFaultIsFound();
        comparison.found(finding("undelivered", "/systems/card-dispatch", "ada-demo-5", "open"));
        assertThat(comparison.agrees()).isFalse();
    }

    @Test
    void findingsAboutSomebodyElseDoNotCount() {
        agreesWhenEveryPlantedFaultIsFound();
        comparison.found(finding("undelivered", "/systems/card-dispatch", "of-another-run", "open"));
        assertThat(comparison.agrees()).isTrue();
    }

    private static JsonNode finding(String rule, String source, String id, String status) {
        var finding = JsonNodeFactory.instance.objectNode().put("rule", rule).put("status", status);
        finding.putArray("activation").addObject().put("source", source).put("id", id);
        return finding;
    }
}
