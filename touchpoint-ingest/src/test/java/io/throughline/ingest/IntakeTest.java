package io.throughline.ingest;

import static io.throughline.ingest.Events.LIMITS;
import static io.throughline.ingest.Events.NOW;
import static io.throughline.ingest.Events.OPERATOR;
import static io.throughline.ingest.Events.UNREGISTERED;
import static io.throughline.ingest.Events.bytes;
import static io.throughline.ingest.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Envelope;
import io.throughline.events.IdentitySpelling;
import io.throughline.events.Subject;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.log.EnvelopeReader;
import io.throughline.events.log.LogRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final MemoryLog log = new MemoryLog();
    private final Counted tally = new Counted();
    private final Intake intake = new Intake(new Addressing(new HmacVault("00".repeat(32), IdentitySpelling.DEFAULT)), log, tally);

    @Test void eachEventGetsItsOutcomeInItsPlace() {
        var outcomes = take(event("e-1"), event("e-2").put("time", "never"), event("e-3"));
        assertThat(outcomes).extracting(Object::getClass).asInstanceOf(LIST)
                .containsExactly(Outcome.Accepted.class, Outcome.Rejected.class, Outcome.Accepted.class);
        assertThat(((Outcome.Accepted) outcomes.get(2)).position()).hasToString("touchpoints-0:1");
        assertThat(log.records()).hasSize(2);
        assertThat(tally.entries).containsExactlyInAnyOrder("accepted", "accepted", "invalid-event");
    }

    @Test void whatTheLogDoesNotAcknowledgeIsUnknownAndTheRestIsNot() {
        log.failing(1);
        assertThat(take(event("e-1"), event("e-2"))).satisfiesExactly(
                first -> assertThat(first).isEqualTo(new Outcome.Unknown("/channels/web", "e-1")),
                second -> assertThat(second).isInstanceOf(Outcome.Accepted.class));
    }

    @Test void aTypeThatItsSourceDidNotRegisterIsCounted() {
        var admission = new Admission(LIMITS, _ -> SourceDefinition.of("/channels/web", List.of("form-started.v1")));
        intake.take(List.of(admission.decide(event("e-1"), OPERATOR, NOW))).toCompletableFuture().join();
        assertThat(tally.entries).containsExactlyInAnyOrder("unregistered-type", "accepted");
    }

    @Test void aPersonIsOnTheLogByTokenOnly() {
        take(event("e-1"));
        var record = log.records().getFirst();
        assertThat(everything(record)).doesNotContain("4711");
        var subject = (Subject.Person) envelope(record).subject();
        assertThat(new String(record.key(), UTF_8)).isEqualTo(subject.token().toString()).matches("[0-9a-f]{32}");
    }

    @Test void anAreaIsNotAPerson() {
        take(event("e-1"), event("e-2").put("subject", "area:se-19"), event("e-3"));
        assertThat(log.records()).extracting(record -> envelope(record).subject().namespace()).containsExactly("customer", "area", "customer");
        assertThat(new String(log.records().get(1).key(), UTF_8)).isEqualTo("area:se-19");
    }

    @Test void dataIsWrittenCompactWithItsNumbersAsTheyWere() {
        var event = event("e-1");
        event.set("data", EventText.read(bytes("{ \"amount\": 12.50, \"order\": 12345678901234567890 }")));
        take(event);
        assertThat(new String(log.records().getFirst().value(), UTF_8)).isEqualTo("{\"amount\":12.50,\"order\":12345678901234567890}");
    }

    private List<Outcome> take(ObjectNode... events) {
        var admission = new Admission(LIMITS, UNREGISTERED);
        return intake.take(Stream.of(events).map(event -> admission.decide(event, OPERATOR, NOW)).toList()).toCompletableFuture().join();
    }

    private static Envelope envelope(LogRecord record) {
        var reader = new EnvelopeReader();
        record.headers().forEach(header -> reader.header(header.name(), header.value()));
        return ((EnvelopeReader.Reading.Readable) reader.reading()).envelope();
    }

    private static String everything(LogRecord record) {
        var text = new StringBuilder(new String(record.key(), UTF_8));
        record.headers().forEach(header -> text.append(header.name()).append(new String(header.value(), UTF_8)));
        return text.toString();
    }
}
