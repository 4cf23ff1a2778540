package io.throughline.ingest;

import static io.throughline.ingest.Events.LIMITS;
import static io.throughline.ingest.Events.NOW;
import static io.throughline.ingest.Events.OPERATOR;
import static io.throughline.ingest.Events.UNREGISTERED;
import static io.throughline.ingest.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.CloudEvent;
import io.throughline.events.Identity;
import io.throughline.events.IdentitySpelling;
import io.throughline.events.json.EventJson;
import io.throughline.events.json.Violation;
import io.throughline.events.log.LogRecord;
import io.throughline.ingest.Admission.Decision;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressingTest {

    private final Vault vault = new HmacVault("00".repeat(32), IdentitySpelling.DEFAULT);
    private final Addressing addressing = new Addressing(vault);

    @Test void aPersonIsOnTheLogByTokenOnly() {
        var record = record(event("e-1").put("subject", "customer:4711"));
        assertThat(new String(record.key(), UTF_8)).isEqualTo(token("customer:4711"));
        assertThat(record.headers()).noneMatch(header -> new String(header.value(), UTF_8).contains("4711"));
    }

    @Test void anAreaIsOnTheLogAsItIs() {
        assertThat(new String(record(event("e-1").put("subject", "area:north")).key(), UTF_8)).isEqualTo("area:north");
    }

    @Test void bothEndsOfALinkAreTokens() throws IOException {
        var link = link("email:ada@example.org", "customer:4711");
        var data = EventJson.mapper().readTree(record(link).value());
        assertThat(data.get("from").textValue()).isEqualTo(token("email:ada@example.org"));
        assertThat(data.get("to").textValue()).isEqualTo(token("customer:4711"));
        assertThat(data.get("evidence").textValue()).isEqualTo("login");
        assertThat(new String(record(link).value(), UTF_8)).doesNotContain("ada");
    }

    @Test void everyEventOfABatchGetsItsOwnTokens() {
        var events = List.of(admitted(link("email:a@example.org", "customer:1")), admitted(event("e-2").put("subject", "area:north")),
                admitted(event("e-3").put("subject", "customer:3")));
        var records = addressing.records(events).toCompletableFuture().join();
        assertThat(records).extracting(record -> new String(record.key(), UTF_8)).containsExactly(token("customer:1"), "area:north", token("customer:3"));
    }

    @Test void aLinkWithoutTwoPersonsIsRefusedByPlace() {
        var decision = (Decision.Rejected) decide(link("area:north", "4711"));
        assertThat(decision.problem().errors()).extracting(Violation::pointer).containsExactly("/data/from", "/data/to");
    }

    private static ObjectNode link(String from, String to) {
        var event = event("e-1").put("type", "identity-linked.v1").put("subject", "customer:1");
        event.putObject("data").put("from", from).put("to", to).put("evidence", "login");
        return event;
    }

    private LogRecord record(JsonNode event) {
        return addressing.records(List.of(admitted(event))).toCompletableFuture().join().getFirst();
    }

    private static CloudEvent admitted(JsonNode event) {
        return ((Decision.Accepted) decide(event)).event();
    }

    private static Decision decide(JsonNode event) {
        return new Admission(LIMITS, UNREGISTERED).decide(event, OPERATOR, NOW);
    }

    private String token(String identity) {
        return vault.tokens(List.of(Identity.parse(identity))).toCompletableFuture().join().getFirst().toString();
    }
}
