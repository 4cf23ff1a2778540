package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.deploy.acceptance.Client.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every event can be asked after: where it is, and what became of it.
class ReceiptsTest {
    private static final String SOURCE = "/channels/self-service";
    private static final Instant TIME = Instant.parse("2026-03-02T18:12:00Z");

    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = Stack.common();
    }

    private static ObjectNode addressChanged(String id) {
        var event = Events.event(SOURCE, id, "address-changed.v1", "customer:receipts-" + id, TIME);
        event.withObject("data").put("addressId", "home").put("kind", "postal").put("version", 1);
        return event;
    }

    /// @return what the answer says of the one event
    private static JsonNode post(ObjectNode event) {
        return stack.source(SOURCE).post(event).with(202).json().path("items").get(0);
    }

    private static Answer ask(Client client, String id, String... position) {
        return position.length == 0 ? client.get("/v1/receipts", "source", SOURCE, "id", id)
                : client.get("/v1/receipts", "source", SOURCE, "id", id, "position", position[0]);
    }

    private static JsonNode receipt(String id, String... position) {
        return ask(stack.as("analyst"), id, position).with(200).json();
    }

    @Test
    void anAcceptedEventIsOnTheLogAtOnceAndProjectedSoon() {
        var item = post(addressChanged("r-1"));
        assertThat(item.path("status").asText()).isEqualTo("accepted");
        var early = stack.as("analyst").get(item.path("receipt").asText()).with(200).json();
        assertThat(early.path("status").asText()).isIn("accepted", "projected");
        assertThat(early.path("position").asText()).isEqualTo(item.path("position").asText());

        stack.settled();
        var late = receipt("r-1");
        assertThat(late.path("status").asText()).isEqualTo("projected");
        assertThat(late.path("position").asText()).isEqualTo(item.path("position").asText());
        assertThat(late.path("rules").valueStream()).anySatisfy(rule -> {
            assertThat(rule.path("rule").asText()).isEqualTo("address-change-unacknowledged");
            assertThat(rule.path("role").asText()).isEqualTo("activation");
            assertThat(rule.path("verdict").asText()).isEqualTo("violated");
        });
        assertThat(stack.as("analyst").get(late.path("journey").asText()).with(200).json().path("touchpoints").get(0).path("id").asText()).isEqualTo("r-1");
    }

    @Test
    void theSameEventAgainIsADuplicate() {
        var first = post(addressChanged("r-2"));
        var again = post(addressChanged("r-2"));
        stack.settled();
        var receipt = receipt("r-2", again.path("position").asText());
        assertThat(receipt.path("status").asText()).isEqualTo("duplicate");
        assertThat(receipt.path("standing").asText()).isEqualTo(first.path("position").asText());
        assertThat(receipt("r-2").path("status").asText()).isEqualTo("projected");
    }

    @Test
    void theSameEventInAnotherFormIsADuplicate() {
        var plain = Events.event(SOURCE, "r-5", "profile-viewed.v1", "customer:receipts-r-5", TIME);
        plain.withObject("data").put("version", 1);
        var first = post(plain.put("retries", 5).putNull("dataschema"));
        var binary = stack.source(SOURCE).post("/v1/events", "application/json", "{\"version\": 1.0}".getBytes(UTF_8), "ce-specversion", "1.0", "ce-id", "r-5",
                "ce-source", SOURCE, "ce-type", "profile-viewed.v1", "ce-subject", "customer:receipts-r-5", "ce-time", plain.path("time").textValue(),
                "ce-retries", "5").with(202).json().path("items").get(0);
        var encoded = plain.deepCopy().put("data_base64", "eyJ2ZXJzaW9uIjoxfQ==").put("datacontenttype", "application/json");
        encoded.remove("data");
        var again = post(encoded);
        stack.settled();
        for (var delivery : List.of(binary, again)) {
            var receipt = receipt("r-5", delivery.path("position").asText());
            assertThat(receipt.path("status").asText()).isEqualTo("duplicate");
            assertThat(receipt.path("standing").asText()).isEqualTo(first.path("position").asText());
        }
    }

    /// The service that makes tokens makes them for events and for questions.
    @Test
    void aCustomerIsFoundUnderEverySpellingOfAnIdentity() {
        post(Events.event(SOURCE, "r-6", "profile-viewed.v1", "email:Receipts.Zoe\u0308@Example.org", TIME));
        post(Events.event(SOURCE, "r-7", "profile-viewed.v1", "email:receipts.zo\u00eb@example.org", TIME));
        stack.settled();
        for (var spelling : List.of("email:receipts.zo\u00eb@example.org", "email:RECEIPTS.ZOE\u0308@EXAMPLE.ORG")) {
            var journey = stack.as("analyst").get("/v1/journeys", "identity", spelling).with(200).json();
            assertThat(journey.path("touchpoints").valueStream().map(touchpoint -> touchpoint.path("id").asText())).containsExactly("r-6", "r-7");
        }
    }

    @Test
    void otherContentUnderTheSameIdIsAConflictAndTheFirstStands() {
        var first = post(addressChanged("r-3"));
        // Of two that were recorded in the same millisecond the hash would decide.
        var answered = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        await().until(() -> Instant.now().truncatedTo(ChronoUnit.MILLIS).isAfter(answered));
        var other = addressChanged("r-3");
        other.withObject("data").put("version", 2);
        var second = post(other);
        stack.settled();
        var conflict = receipt("r-3", second.path("position").asText());
        assertThat(conflict.path("status").asText()).isEqualTo("conflict");
        assertThat(conflict.path("standing").asText()).isEqualTo(first.path("position").asText());
        var touchpoints = stack.as("analyst").get("/v1/journeys", "identity", "customer:receipts-r-3").with(200).json().path("touchpoints");
        assertThat(touchpoints).hasSize(1);
        assertThat(touchpoints.get(0).path("data").path("version").asInt()).isEqualTo(1);
    }

    @Test
    void whatNoRuleWillReadIsSaidAtOnceAndInTheReceipt() {
        var misspelt = Events.event(SOURCE, "r-8", "adress-changed.v1", "customer:receipts-r-8", TIME);
        var said = post(misspelt).path("warnings");
        assertThat(said.path(0).path("detail").asText()).contains("did you mean address-changed.v1?");
        stack.settled();
        assertThat(receipt("r-8").path("warnings")).isEqualTo(said);
        assertThat(stack.command("receipt", SOURCE, "r-8").exits(0).out()).contains("did you mean address-changed.v1?");
    }

    @Test
    void aChannelAsksAfterItsOwnEventsOnly() {
        post(addressChanged("r-4"));
        stack.settled();
        assertThat(ask(stack.source(SOURCE), "r-4").with(200).json().path("status").asText()).isEqualTo("projected");
        assertThat(ask(stack.source("/channels/web"), "r-4").with(403).json().path("code").asText()).isEqualTo("forbidden");
    }

    @Test
    void anEventThatNeverCameIsUnknownThroughWhatIsCovered() {
        var receipt = receipt("never-sent");
        assertThat(receipt.path("status").asText()).isEqualTo("unknown");
        assertThat(receipt.path("meta").path("positions")).isNotEmpty();
    }
}
