package io.throughline.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.access.Credentials;
import io.throughline.deploy.cli.Api;
import io.throughline.deploy.cli.Steps;
import io.throughline.deploy.cli.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Gatherers;

/// Plays the address story and a population of made-up customers against a running stack, and compares what was planted
/// with what was found.
public final class Demo {
    private static final int CUSTOMERS_AT_ONCE = 100;
    private static final int LANES = 4;
    /// On average, for the bar.
    private static final long EVENTS_EACH = 13;
    private static final long SETTLE_LIMIT_SECONDS = 300;
    private static final long LOOK_MILLIS = 500;

    private final Terminal terminal;
    private final Api api;
    private final Credentials credentials;

    public Demo(Terminal terminal, Credentials credentials) {
        this.terminal = terminal;
        this.credentials = credentials;
        this.api = new Api(credentials.baseUrl(), credentials.tokens().get("analyst"));
    }

    /// Posts everything, waits until it is evaluated, prints the comparison.
    ///
    /// @param day the demo ends with the day before
    /// @return whether every planted fault was found, and nothing else
    public boolean play(long seed, LocalDate day, int customers) throws IOException, InterruptedException {
        terminal.say("");
        terminal.say("Playing the address story of %s and %,d generated customers (seed %d) …".formatted(AddressStory.IDENTITY, customers, seed));
        var comparison = new Comparison();
        var events = postAll(new Population(seed, day, customers), storyUnlessTold(day), comparison);
        awaitEvaluation(events, day.atStartOfDay(ZoneOffset.UTC).toInstant());
        for (var fault : Fault.values()) {
            api.forEach("/v1/findings", Map.of("rule", fault.rule(), "limit", "500"), "items", Long.MAX_VALUE, comparison::found);
        }
        comparison.print(terminal);
        return comparison.agrees();
    }

    /// A stack hears the story once: told again on another day it would contradict itself.
    private List<Customer> storyUnlessTold(LocalDate day) throws IOException {
        try {
            var known = api.get("/v1/journeys", Map.of("identity", AddressStory.IDENTITY, "limit", "1"));
            return known.path("touchpoints").isEmpty() ? List.of(AddressStory.on(day)) : List.of();
        } catch (Api.Refused refused) {
            if (refused.status() == 404) {
                return List.of(AddressStory.on(day));
            }
            throw refused;
        }
    }

    /// @return how many events there were
    private long postAll(Population population, List<Customer> story, Comparison comparison) throws IOException {
        var poster = new EventPoster(api, credentials);
        comparison.expect(AddressStory.on(population.day()));
        try (var steps = Steps.on(terminal)) {
            var posted = new AtomicLong(post(poster, story));
            population.customers()
                    .peek(comparison::expect)
                    .gather(Gatherers.windowFixed(CUSTOMERS_AT_ONCE))
                    .gather(Gatherers.mapConcurrent(LANES, group -> post(poster, group)))
                    .forEach(count -> steps.show(posted.addAndGet(count), population.size() * EVENTS_EACH, "events posted"));
            steps.done("%,d events posted".formatted(posted.get()));
            return posted.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long post(EventPoster poster, List<Customer> customers) {
        try {
            var events = customers.stream().flatMap(customer -> customer.events().stream()).toList();
            poster.post(events);
            return events.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the projection has read everything, evaluated everyone, and its evaluation time is past the last event.
    private void awaitEvaluation(long events, Instant end) throws IOException, InterruptedException {
        var begun = Instant.now();
        try (var steps = Steps.on(terminal)) {
            steps.begin("waiting until all of it is evaluated");
            while (true) {
                var status = api.get("/v1/status", Map.of());
                var open = lag(status) + status.path("waiting").asLong();
                steps.show(Math.max(0, events - open), events, "events evaluated");
                if (open == 0 && isEvaluatedThrough(status, end)) {
                    steps.done("all of it evaluated");
                    return;
                }
                if (Instant.now().isAfter(begun.plusSeconds(SETTLE_LIMIT_SECONDS))) {
                    throw new IOException("The projection has not caught up after %d s. See ./throughline status and ./throughline logs projector"
                            .formatted(SETTLE_LIMIT_SECONDS));
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private static boolean isEvaluatedThrough(JsonNode status, Instant end) {
        var evaluatedAt = status.path("meta").path("evaluatedAt").asText(null);
        return evaluatedAt != null && !OffsetDateTime.parse(evaluatedAt).toInstant().isBefore(end);
    }

    private static long lag(JsonNode status) {
        var lag = 0L;
        for (var checkpoint : status.path("checkpoints")) {
            lag += checkpoint.path("lag").asLong();
        }
        return lag;
    }
}
