package io.throughline.ingest;

import static io.throughline.ingest.Events.NOW;
import static io.throughline.ingest.Events.UNREGISTERED;
import static io.throughline.ingest.Events.WEB;
import static io.throughline.ingest.Events.bytes;
import static io.throughline.ingest.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.IdentitySpelling;
import io.throughline.events.Problem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {

    private final MemoryLog log = new MemoryLog();
    private final Limits limits = new Limits(256 * 1024, 5 * 1024 * 1024, 10_000, Duration.ofDays(1));
    private final Intake intake = new Intake(new Addressing(new HmacVault("00".repeat(32), IdentitySpelling.DEFAULT)), log, new Counted());
    private final Batch batch = new Batch(new Admission(limits, UNREGISTERED), intake, WEB, NOW);

    /// Of several parts: events of many sizes, one larger than a part.
    @Test void eachItemGetsItsOutcomeInItsPlace() {
        var items = IntStream.range(0, 400).mapToObj(i -> item(i, i == 7 ? 200_000 : 20 * i)).toList();
        var outcomes = take(items);
        assertThat(outcomes).hasSize(400).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Accepted.class));
        assertThat(outcomes).extracting(outcome -> ((Outcome.Accepted) outcome).id()).containsExactlyElementsOf(
                IntStream.range(0, 400).mapToObj(i -> "e-" + i).toList());
        assertThat(log.records()).hasSize(400);
    }

    @Test void whatIsWrongWithABatchIsToldUpToALimitAndEveryItemIsRefused() {
        var bad = bytes(event("e").set("data", event("d").arrayNode().add("\0").add("\0").add("\0")));
        var outcomes = take(IntStream.range(0, 2_000).mapToObj(_ -> bad.duplicate()).toList());
        var problems = outcomes.stream().map(outcome -> ((Outcome.Rejected) outcome).problem()).toList();
        assertThat(problems).hasSize(2_000).extracting(Problem::code).containsOnly("invalid-event");
        assertThat(problems.stream().map(Problem::errors).filter(Objects::nonNull).mapToInt(List::size).sum()).isEqualTo(999);
    }

    @Test void anEmptyBatchHasNoOutcomes() {
        assertThat(take(List.of())).isEmpty();
    }

    private List<Outcome> take(List<ByteBuffer> items) {
        return batch.take(items).toCompletableFuture().join();
    }

    private static ByteBuffer item(int number, int size) {
        return bytes(event("e-" + number).put("subject", "customer:" + number).put("data", "x".repeat(size)));
    }
}
