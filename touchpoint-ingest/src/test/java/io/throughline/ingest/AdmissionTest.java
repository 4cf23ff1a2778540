package io.throughline.ingest;

import static io.throughline.ingest.Events.LIMITS;
import static io.throughline.ingest.Events.NOW;
import static io.throughline.ingest.Events.OPERATOR;
import static io.throughline.ingest.Events.UNREGISTERED;
import static io.throughline.ingest.Events.WEB;
import static io.throughline.ingest.Events.bytes;
import static io.throughline.ingest.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.AttributeLimits;
import io.throughline.events.ContentHash;
import io.throughline.events.KnownTime;
import io.throughline.events.Problem;
import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.events.access.Scope;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.json.Violation;
import io.throughline.ingest.Admission.Decision;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    private final Admission admission = new Admission(LIMITS, UNREGISTERED);

    @Test void aSourcePostsItsOwnEvents() {
        assertThat(decide(event("e-1"), WEB)).isInstanceOf(Decision.Accepted.class);
    }

    @Test void anotherSourcesEventIsRefusedAndNamed() {
        var rejected = (Decision.Rejected) decide(event("e-1").put("source", "/channels/app"), WEB);
        assertThat(rejected.problem().code()).isEqualTo("foreign-source");
        assertThat(rejected.problem().status()).isEqualTo(403);
        assertThat(rejected.source()).isEqualTo("/channels/app");
        assertThat(rejected.id()).isEqualTo("e-1");
    }

    @Test void anOperatorPostsForAnySource() {
        assertThat(decide(event("e-1").put("source", "/nobody/knows"), OPERATOR)).isInstanceOf(Decision.Accepted.class);
    }

    @ParameterizedTest @CsvSource({"0, true", "-1, true", "1, false"})
    void anEventMayLieADayAheadAndNoMicrosecondMore(long micros, boolean accepted) {
        var time = NOW.plus(Duration.ofDays(1)).plusNanos(micros * 1000);
        var decision = decide(event("e-1").put("time", time.toString()), WEB);
        assertThat(decision instanceof Decision.Accepted).isEqualTo(accepted);
        if (decision instanceof Decision.Rejected rejected) {
            assertThat(rejected.problem().code()).isEqualTo("time-ahead");
            assertThat(rejected.problem().errors()).extracting(Violation::pointer).containsExactly("/time");
        }
    }

    @ParameterizedTest @CsvSource({"PT24H, true", "PT24H0.000001S, false"})
    void nobodyKnowsBeforeItIsToday(Duration ahead, boolean accepted) {
        var decision = decide(event("e-1").put("knowntime", NOW.plus(ahead).toString()), WEB);
        assertThat(decision instanceof Decision.Accepted).isEqualTo(accepted);
        if (decision instanceof Decision.Rejected rejected) {
            assertThat(rejected.problem().code()).isEqualTo("time-ahead");
            assertThat(rejected.problem().errors()).extracting(Violation::pointer).containsExactly("/knowntime");
        }
    }

    @Test void aLiveEventThatSaysNothingWasKnownWhenItWasRecorded() {
        assertThat(accepted(event("e-1"), registered("web", null)).event().attributes().knownTime()).isEqualTo(KnownTime.WHEN_RECORDED);
    }

    @Test void aFullEventIsTakenAndOneByteMoreIsNot() {
        var empty = event("e-1").put("data", "");
        int room = LIMITS.eventBytes() - empty.toString().length();
        assertThat(decide(empty.put("data", "x".repeat(room)), WEB)).isInstanceOf(Decision.Accepted.class);
        assertThat(problem(empty.put("data", "x".repeat(room + 1)))).extracting(Problem::code, Problem::status).containsExactly("event-too-large", 413);
    }

    @Test void allFaultsAreToldAtOnceWithTheirPlaces() {
        var problem = problem(event("e-1").put("time", "yesterday").put("subject", "4711"));
        assertThat(problem.code()).isEqualTo("invalid-event");
        assertThat(problem.errors()).extracting(Violation::pointer).containsExactlyInAnyOrder("/time", "/subject");
    }

    @Test void theListOfFaultsIsBounded() {
        var event = event("e-1");
        for (int i = 0; i < 40; i++) {
            event.put("X" + i, i);
        }
        assertThat(problem(event).errors()).hasSize(Admission.MAX_VIOLATIONS);
    }

    @Test void aFaultNeverRepeatsWhatTheCustomerWrote() {
        var problem = problem(event("e-1").put("time", "SECRET").put("subject", "SECRET"));
        assertThat(problem.toString()).doesNotContain("SECRET");
    }

    @Test void onlyKeysMadeForItMayPost() {
        assertThat(Admission.mayPost(WEB)).isTrue();
        assertThat(Admission.mayPost(OPERATOR)).isTrue();
        assertThat(Admission.mayPost(new Principal.Staff("a", Set.of(Role.ADMIN)))).isTrue();
        assertThat(Admission.mayPost(new Principal.Staff("v", Set.of(Role.VIEWER, Role.ANALYST, Role.SERVICE)))).isFalse();
        assertThat(Admission.mayPost(new Principal.Channel("c", "/channels/web", Set.of(Scope.RECEIPTS)))).isFalse();
    }

    /// What is accepted is readable on the log, with all that is put on it there.
    @Test void aChannelThatMakesAnEventTooLongIsCounted() {
        var event = event("e-1");
        event.remove("channel");
        for (int i = 0; i < 15; i++) {
            event.put("x" + i, "y".repeat(AttributeLimits.MAX_VALUE));
        }
        var registered = new Admission(LIMITS, registered("web", null));
        int longest = AttributeLimits.MAX_VALUE;
        while (!(registered.decide(event.put("last", "y".repeat(longest)), WEB, NOW) instanceof Decision.Accepted(var placed, _, _)
                && "web".equals(placed.attributes().channel()))) {
            longest--;
        }
        assertThat(longest).as("the limit is met").isBetween(1, AttributeLimits.MAX_VALUE - 1);
        var tooLong = event.put("last", "y".repeat(longest + 1));
        var rejected = (Decision.Rejected) registered.decide(tooLong, WEB, NOW);
        assertThat(rejected.problem().code()).isEqualTo("invalid-event");
        assertThat(admission.decide(tooLong, WEB, NOW)).as("without a channel of its source").isInstanceOf(Decision.Accepted.class);
    }

    @Test void anEventWithoutAChannelGetsThatOfItsSourceAndStaysTheSameContent() {
        var sent = event("e-1");
        var placed = accepted(sent, registered("web", null));
        assertThat(placed.event().attributes().channel()).isEqualTo("web");
        assertThat(placed.event().contentHash()).isEqualTo(ContentHash.of(sent));
    }

    @Test void anEventKeepsTheChannelItNames() {
        assertThat(accepted(event("e-1").put("channel", "kiosk"), registered("web", null)).event().attributes().channel()).isEqualTo("kiosk");
    }

    @ParameterizedTest @CsvSource({"PT1M, 60, true", "PT1M, 61, false", "PT48H, 172800, true", "PT48H, 172801, false", "PT0S, 0, true", "PT0S, 1, false"})
    void theRegisteredSkewOfASourceTakesThePlaceOfTheGeneralLimit(Duration skew, int secondsAhead, boolean accepted) {
        var decision = decide(event("e-1").put("time", NOW.plusSeconds(secondsAhead).toString()), registered(null, skew));
        assertThat(decision instanceof Decision.Accepted).isEqualTo(accepted);
    }

    @Test void aTypeThatItsSourceDidNotRegisterIsTakenAndMarked() {
        assertThat(accepted(event("e-1"), registered("web", null)).unregisteredType()).isFalse();
        assertThat(accepted(event("e-1").put("type", "form-started.v1"), registered("web", null)).unregisteredType()).isTrue();
        assertThat(accepted(event("e-1"), UNREGISTERED).unregisteredType()).isFalse();
    }

    @Test void whatNoRuleWillReadIsTakenAndSaid() {
        var misspelt = event("e-1").put("type", "profile-vieved.v1");
        assertThat(accepted(misspelt, UNREGISTERED).warnings()).extracting(Violation::pointer).containsExactly("/type");
        assertThat(accepted(misspelt, registered("web", null)).warnings()).as("registered for another type").hasSize(1);
        var own = Map.of("/channels/web", new SourceDefinition("/channels/web", null, new LinkedHashSet<>(List.of("profile-vieved.v1")), null,
                Duration.ZERO, null));
        assertThat(accepted(misspelt, own::get).warnings()).as("a type of its own").isEmpty();
        assertThat(accepted(event("e-1"), registered("web", null)).warnings()).isEmpty();
        assertThat(accepted(event("e-1").put("type", "promise-kept.v1"), UNREGISTERED).warnings()).extracting(Violation::pointer)
                .containsExactly("/data/promiseId");
    }

    private static Sources registered(String channel, Duration clockSkew) {
        var types = new LinkedHashSet<>(List.of("profile-viewed.v1"));
        return Map.of("/channels/web", new SourceDefinition("/channels/web", channel, types, null, Duration.ZERO, clockSkew))::get;
    }

    private static Decision.Accepted accepted(Object event, Sources sources) {
        return (Decision.Accepted) decide(event, sources);
    }

    private static Decision decide(Object event, Sources sources) {
        return new Admission(LIMITS, sources).decide(bytes(event), WEB, NOW);
    }

    private Decision decide(Object event, Principal caller) {
        return admission.decide(bytes(event), caller, NOW);
    }

    private Problem problem(Object event) {
        return ((Decision.Rejected) decide(event, WEB)).problem();
    }
}
