package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.throughline.events.json.EventJson;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/// A source that is registered and silent is suspected, not blamed; once it speaks, the matter is settled; and the world is told both, in order.
class SilentSourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String DISPATCH = "/systems/card-dispatch";
    private static final String RULE = "address-change-unacknowledged";

    @Test
    void aSilentSourceIsSuspectedUntilItSpeaks() throws Exception {
        try (var stack = Stack.on(Servers.shared(), "silence", Map.of())) {
            register(stack, "{ \"types\": [\"address-propagated.v1\"], \"heartbeat\": \"PT1S\" }");
            var change = Events.event("/channels/self-service", "moved-1", "address-changed.v1", "customer:silence", Instant.now().minus(Duration.ofDays(2)));
            change.withObject("data").put("addressId", "home").put("kind", "postal").put("version", 2).putObject("address").put("city", "Bristol");
            stack.source("/channels/self-service").post(change).with(202);

            var suspected = finding(stack, "suspected");
            assertThat(suspected.path("verdict").asText()).isEqualTo("undetermined");
            assertThat(suspected.path("notes").toString()).contains(DISPATCH);

            var heartbeat = Events.event(DISPATCH, "beat-1", "source-heartbeat.v1", "source:" + DISPATCH, Instant.now());
            stack.source(DISPATCH).post(heartbeat).with(202);

            var open = finding(stack, "open");
            assertThat(open.path("id")).isEqualTo(suspected.path("id"));
            assertThat(open.path("revision").asInt()).isEqualTo(2);
            assertThat(published("silence-findings", open.path("id").asText(), 2)).containsExactly("1 suspected", "2 open");
        }
    }

    @Test
    void theSilenceIsAFindingAboutTheSourceAndEndsWhenItSpeaks() throws Exception {
        try (var stack = Stack.on(Servers.shared(), "silent", Map.of())) {
            register(stack, "{ \"types\": [\"address-propagated.v1\"], \"heartbeat\": \"PT3S\" }");
            var open = silence(stack);
            assertThat(open.path("subject").asText()).isEqualTo("source:" + DISPATCH);
            assertThat(open.has("person")).isFalse();
            assertThat(open.path("explanation").asText()).contains(DISPATCH, "PT3S");
            assertThat(health(stack).path("late").asBoolean()).isTrue();

            // Again and again: one that is on its way for longer than the promise ends no silence.
            var path = "/v1/findings/" + open.path("id").asText();
            await().atMost(LIMIT).until(() -> {
                var now = Instant.now();
                stack.source(DISPATCH).post(Events.event(DISPATCH, "beat-" + now, "source-heartbeat.v1", "source:" + DISPATCH, now)).with(202);
                return stack.as("analyst").get(path).with(200).json().path("status").asText().equals("resolved");
            });
            assertThat(health(stack).path("lastEvent").isTextual()).isTrue();
            assertThat(published("silent-findings", open.path("id").asText(), 2)).containsExactly("1 open", "2 resolved");
        }
    }

    private static JsonNode silence(Stack stack) {
        return await().atMost(LIMIT).until(
                () -> stack.as("analyst").get("/v1/findings", "rule", "source-silent", "status", "open").with(200).json().path("items").path(0),
                found -> !found.isMissingNode());
    }

    private static JsonNode health(Stack stack) {
        var first = stack.as("viewer").get("/v1/source-health").with(200).json().path("items").path(0);
        assertThat(first.path("source").asText()).isEqualTo(DISPATCH);
        return first;
    }

    /// Returns when the projector knows of it too.
    private static void register(Stack stack, String source) {
        var path = "/v1/sources/" + URLEncoder.encode(DISPATCH, UTF_8);
        stack.as("operator").send(path, request -> request.PUT(BodyPublishers.ofString(source)).header("Content-Type", "application/json")).with(201);
        await().atMost(LIMIT).until(() -> stack.as("viewer").get("/v1/source-health").with(200).json().path("items").path(0).path("registered").asBoolean());
    }

    private static JsonNode finding(Stack stack, String status) {
        return await().atMost(LIMIT).until(
                () -> stack.as("analyst").get("/v1/findings", "rule", RULE, "status", status).with(200).json().path("items").path(0),
                found -> !found.isMissingNode());
    }

    /// As any consumer with a CloudEvents library sees it.
    private static List<String> published(String topic, String finding, int revisions) {
        var told = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<String, CloudEvent>(Servers.shared().broker().client(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")), new StringDeserializer(), new CloudEventDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList());
            await().atMost(LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(finding)) {
                        told.add(record.value().getExtension("revision") + " " + status(record.value()));
                    }
                });
                return told.size() >= revisions;
            });
        }
        return told;
    }

    private static String status(CloudEvent event) {
        try {
            return EventJson.mapper().readTree(event.getData().toBytes()).path("status").asText();
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
