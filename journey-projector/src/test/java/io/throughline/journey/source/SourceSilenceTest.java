package io.throughline.journey.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One source that promises a sign of life every hour, and ten minutes of delay, from midnight on.
class SourceSilenceTest {

    private final Map<String, Finding> told = new LinkedHashMap<>();

    @Test
    void aSourceThatIsInTimeIsNotTalkedOf() {
        assertThat(tell(heard("10:00"), "11:10")).as("the last moment is still in time").isEmpty();
        assertThat(tell(new SourceHealth("/crm", true, List.of(), null, Duration.ZERO, at("00:00"), at("00:00"), at("00:00"), at("23:00")), "23:00"))
                .as("it promises nothing").isEmpty();
    }

    @Test
    void eachSilenceIsToldOfOnceAndResolvedWhenTheSourceSpeaks() {
        assertThat(tell(heard("10:00"), "11:11")).containsExactly("10:00 open 1");
        assertThat(tell(heard("10:00"), "12:00")).isEmpty();
        assertThat(tell(heard("12:30"), "12:31")).containsExactly("10:00 resolved 2");
        assertThat(tell(heard("12:30"), "14:00")).containsExactly("12:30 open 1");
    }

    @Test
    void aSilenceThatEndedUnnoticedIsResolvedAllTheSame() {
        tell(heard("10:00"), "11:11");
        assertThat(tell(heard("12:30"), "14:00")).containsExactly("10:00 resolved 2", "12:30 open 1");
    }

    @Test
    void whatIsHandedInAfterwardsEndsNoSilenceBeforeItHasCaughtUp() {
        tell(heard("10:00"), "11:11");
        assertThat(tell(heard("10:20", "13:00"), "13:00")).isEmpty();
        assertThat(tell(heard("12:50", "13:05"), "13:05")).containsExactly("10:00 resolved 2");
    }

    @Test
    void oneThatWasNeverHeardIsSilentSinceItPromised() {
        assertThat(tell(heard(null), "01:10")).isEmpty();
        assertThat(tell(heard(null), "01:11")).containsExactly("00:00 open 1");
    }

    @Test
    void anotherPromiseWithdrawsTheAccusation() {
        tell(heard("10:00"), "11:11");
        var patient = new SourceHealth("/crm", true, List.of(), Duration.ofHours(6), Duration.ZERO, at("11:12"), at("10:00"), at("10:00"), at("11:13"));
        assertThat(tell(patient, "11:13")).containsExactly("10:00 withdrawn 2");
        assertThat(tell(heard("10:00"), "11:14")).containsExactly("10:00 open 3");
        assertThat(revise(List.of(), "11:15")).as("no longer registered").containsExactly("10:00 withdrawn 4");
    }

    @Test
    void itSaysByWhenTheSourceShouldHaveSpokenAndByHowMuchItWasLate() {
        tell(heard("10:00"), "11:11");
        tell(heard("12:10"), "12:11");
        var finding = told.values().iterator().next();
        assertThat(finding.subject()).isEqualTo("source:/crm");
        assertThat(finding.body()).contains("\"at\":\"2026-05-04T11:10:00Z\"", "PT1H of silence and PT10M of delay from 2026-05-04T10:00:00Z",
                "\"lateBy\":\"PT1H\"");
    }

    private List<String> tell(SourceHealth source, String time) {
        return revise(List.of(new SourceHealth(source.name(), true, List.of(), source.heartbeat(), source.delay(), source.promisedAt(), source.lastHeard(),
                source.recordedBy(), at(time))), time);
    }

    private List<String> revise(List<SourceHealth> sources, String time) {
        var revisions = SourceSilence.revisions(sources, told.values(), at(time));
        revisions.forEach(revision -> told.put(revision.id().toString(), revision));
        return revisions.stream().map(each -> each.activationAt().toString().substring(11, 16) + " " + each.status().wire() + " " + each.revision()).toList();
    }

    private static SourceHealth heard(@Nullable String time) {
        return heard(time, time);
    }

    private static SourceHealth heard(@Nullable String time, @Nullable String recorded) {
        return new SourceHealth("/crm", true, List.of(), Duration.ofHours(1), Duration.ofMinutes(10), at("00:00"), time == null ? null : at(time),
                recorded == null ? null : at(recorded), at("00:00"));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-05-04T" + time + ":00Z");
    }
}
