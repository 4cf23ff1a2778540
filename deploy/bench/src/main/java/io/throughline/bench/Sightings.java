package io.throughline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.stack.Loopback;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.Brokers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// When events and the findings about them were first seen, by four watchers: who asks over HTTP, who reads the stream over HTTP, who reads the
/// topic of findings, and who reads the log itself. A fifth one looks at what the others wait for: how far evaluation time lies behind the clock.
final class Sightings implements AutoCloseable {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(5);
    private static final int PAGE = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final String LAG = "SELECT 1000 * extract(epoch FROM clock_timestamp() - min(projected_through)) FROM g1.checkpoint";

    private final Map<Long, Long> http = new ConcurrentHashMap<>();
    private final Map<Long, Long> stream = new ConcurrentHashMap<>();
    private final Map<Long, Long> topic = new ConcurrentHashMap<>();
    private final Map<Long, Long> log = new ConcurrentHashMap<>();
    private final List<Double> questions = new ArrayList<>();
    private final List<Double> lags = new ArrayList<>();
    private final List<Thread> threads;
    private volatile boolean closed;
    private volatile Throwable trouble;
    /// Of the stream, which comes to no end by itself.
    private volatile InputStream streaming = InputStream.nullInputStream();

    /// @param port of the projector
    /// @param touchpoints the log's topic; findings lie beside it
    Sightings(Rig rig, int port, String touchpoints, Database database) {
        this.threads = List.of(
                watch("look", () -> look(database)),
                watch("ask", () -> ask(port, rig.viewerToken())),
                watch("stream", () -> stream(port, rig.viewerToken())),
                watch("read-findings", () -> read(rig.brokers(), touchpoints + "-findings",
                        record -> activation(json(record.value())), topic)),
                watch("read-log", () -> read(rig.brokers(), touchpoints, Sightings::event, log)));
    }

    Map<Long, Long> http() {
        return http;
    }

    Map<Long, Long> stream() {
        return stream;
    }

    Map<Long, Long> topic() {
        return topic;
    }

    Map<Long, Long> log() {
        return log;
    }

    /// How long a question usually took, in milliseconds. Read it after [#close].
    double questionMillis() {
        return Measured.median(questions);
    }

    /// How far evaluation time usually lay behind the clock, in milliseconds. Read it after [#close].
    double evaluationTimeLagMillis() {
        return Measured.median(lags);
    }

    private Thread watch(String name, Watcher watcher) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                watcher.watch();
            } catch (Exception failure) {
                trouble = failure;
            }
        });
    }

    private interface Watcher {
        void watch() throws Exception;
    }

    private void ask(int port, String token) throws IOException, InterruptedException {
        var first = "http://%s:%d/v1/findings?rule=%s&limit=%d".formatted(Loopback.HOST, port, Story.MISDIRECTED_RULE, PAGE);
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (!closed) {
                long begun = System.nanoTime();
                var page = Answers.json(client, first, token);
                questions.add((System.nanoTime() - begun) / 1e6);
                // Newest first, but transactions end in another order than they begin: behind a page with news there may be more.
                while (note(page) > 0 && page.hasNonNull("next")) {
                    page = Answers.json(client, first + "&cursor=" + page.path("next").asText(), token);
                }
                Thread.sleep(BETWEEN_QUESTIONS);
            }
        }
    }

    private void stream(int port, String token) throws IOException, InterruptedException {
        var url = "http://%s:%d/v1/findings/stream?rule=%s".formatted(Loopback.HOST, port, Story.MISDIRECTED_RULE);
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var body = Answers.get(client, url, token, BodyHandlers.ofInputStream());
            streaming = body;
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        stream.putIfAbsent(activation(json(line.substring(5).getBytes(StandardCharsets.UTF_8))), System.nanoTime());
                    }
                }
            } catch (IOException cut) {
                if (!closed) {
                    throw cut;
                }
            }
            client.shutdownNow();
        }
    }

    private void look(Database database) throws SQLException, InterruptedException {
        try (var connection = database.connect(); var statement = connection.prepareStatement(LAG)) {
            while (!closed) {
                try (var result = statement.executeQuery()) {
                    result.next();
                    lags.add(result.getDouble(1));
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    /// @return how many were new
    private int note(JsonNode page) {
        long now = System.nanoTime();
        int fresh = 0;
        for (var finding : page.path("items")) {
            fresh += http.putIfAbsent(activation(finding), now) == null ? 1 : 0;
        }
        return fresh;
    }

    private void read(Brokers brokers, String name, ToLongFunction<ConsumerRecord<byte[], byte[]>> number, Map<Long, Long> seen) {
        try (var consumer = new KafkaConsumer<>(brokers.client(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(name).stream().map(info -> new TopicPartition(name, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!closed) {
                var records = consumer.poll(Duration.ofMillis(100));
                long now = System.nanoTime();
                records.forEach(record -> seen.putIfAbsent(number.applyAsLong(record), now));
            }
        }
    }

    private static long event(ConsumerRecord<byte[], byte[]> record) {
        return Story.number(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8));
    }

    private static long activation(JsonNode finding) {
        return Story.number(finding.path("activation").path(0).path("id").asText());
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return EventJson.mapper().readTree(bytes);
        } catch (IOException impossible) {
            throw new BenchException("A finding is not JSON: " + impossible.getMessage());
        }
    }

    /// @throws BenchException when a watcher had to give up
    @Override
    public void close() throws InterruptedException, IOException {
        closed = true;
        streaming.close();
        for (var thread : threads) {
            thread.join();
        }
        if (trouble != null) {
            throw new BenchException("Findings could not be watched: " + trouble);
        }
    }
}
