package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A source that is registered and silent is suspected, not blamed; once it speaks, the matter is settled; and the world is told both, in order.
class SilentSourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String DISPATCH = "/systems/card-dispatch";
    private static final String NETWORK = "/systems/network";
    private static final String RULE = "address-change-unacknowledged";
    private static final String TOPIC = "silence";
    private static final String FINDINGS = TOPIC + "-findings";

    private static Stack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = Stack.shortLived(Servers.shared(), TOPIC, Map.of());
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    @Test
    void aSilentSourceIsSuspectedUntilItSpeaks() throws Exception {
        register(DISPATCH, "{ \"types\": [\"address-propagated.v1\"], \"heartbeat\": \"PT1S\" }");
        var change = Events.event("/channels/self-service", "moved-1", "address-changed.v1", "customer:silence",
                Instant.now().minus(Duration.ofDays(2)));
        change.withObject("data").put("addressId", "home").put("kind", "postal").put("version", 2)
                .putObject("address").put("city", "Bristol");
        stack.source("/channels/self-service").post(change).with(202);

        var suspected = finding("suspected");
        assertThat(suspected.path("verdict").asText()).isEqualTo("undetermined");
        assertThat(suspected.path("notes").toString()).contains(DISPATCH);

        var heartbeat = Events.event(DISPATCH, "beat-1", "source-heartbeat.v1", "source:" + DISPATCH, Instant.now());
        stack.source(DISPATCH).post(heartbeat).with(202);

        var open = finding("open");
        assertThat(open.path("id")).isEqualTo(suspected.path("id"));
        assertThat(open.path("revision").asInt()).isEqualTo(2);
        assertThat(published(open.path("id").asText(), 2)).containsExactly("1 suspected", "2 open");
    }

    @Test
    void theSilenceIsAFindingAboutTheSourceAndEndsWhenItSpeaks() throws Exception {
        register(NETWORK, "{ \"types\": [\"outage-declared.v1\"], \"heartbeat\": \"PT3S\" }");
        var open = silence();
        assertThat(open.path("subject").asText()).isEqualTo("source:" + NETWORK);
        assertThat(open.has("person")).isFalse();
        assertThat(open.path("explanation").asText()).contains(NETWORK, "every 3 seconds");
        assertThat(health(NETWORK).path("late").asBoolean()).isTrue();

        // Again and again: one that is on its way for longer than the promise ends no silence.
        var path = "/v1/findings/" + open.path("id").asText();
        await().atMost(LIMIT).until(() -> {
            var now = Instant.now();
            stack.source(NETWORK).post(Events.event(NETWORK, "beat-" + now, "source-heartbeat.v1", "source:" + NETWORK, now)).with(202);
            return stack.as("analyst").get(path).with(200).json().path("status").asText().equals("resolved");
        });
        assertThat(health(NETWORK).path("lastEvent").isTextual()).isTrue();
        assertThat(published(open.path("id").asText(), 2)).containsExactly("1 open", "2 resolved");
    }

    private static JsonNode silence() {
        return await().atMost(LIMIT).until(
                () -> stack.as("analyst").get("/v1/findings", "rule", "source-silent", "status", "open").with(200).json()
                        .path("items").valueStream().filter(found -> found.path("subject").asText().equals("source:" + NETWORK)).findFirst(),
                Optional::isPresent).orElseThrow();
    }

    private static JsonNode health(String source) {
        return stack.as("viewer").get("/v1/source-health").with(200).json().path("items").valueStream()
                .filter(item -> item.path("source").asText().equals(source)).findFirst().orElseGet(MissingNode::getInstance);
    }

    /// Returns when the projector knows of it too.
    private static void register(String source, String promise) {
        var path = "/v1/sources/" + URLEncoder.encode(source, UTF_8);
        stack.as("operator").send(path, request -> request
                .PUT(BodyPublishers.ofString(promise)).header("Content-Type", "application/json")).with(201);
        await().atMost(LIMIT).until(() -> health(source).path("registered").asBoolean());
    }

    private static JsonNode finding(String status) {
        return await().atMost(LIMIT).until(
                () -> stack.as("analyst").get("/v1/findings", "rule", RULE, "status", status).with(200).json().path("items").path(0),
                found -> !found.isMissingNode());
    }

    /// As any consumer with a CloudEvents library sees it.
    private static List<String> published(String finding, int revisions) {
        var told = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<String, CloudEvent>(Servers.shared().broker().client(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")), new StringDeserializer(), new CloudEventDeserializer())) {
            consumer.assign(consumer.partitionsFor(FINDINGS).stream().map(info -> new TopicPartition(FINDINGS, info.partition())).toList());
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
