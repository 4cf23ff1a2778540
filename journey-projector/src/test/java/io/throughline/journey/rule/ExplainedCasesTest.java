package io.throughline.journey.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.json.EventJson;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.file.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people are told of a few of the shared stories, word by word, as approved. `-Dapprove=true` writes the samples anew: read them before
/// they are kept.
class ExplainedCasesTest {

    private static final Path SAMPLES = Path.of("src/test/resources/explained");

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "address-warning-before-harm,address-change-unacknowledged",
        "address-changed-and-changed-back,stale-address-on-dispatch",
        "card-to-old-address,stale-address-on-dispatch",
        "card-within-grace,stale-address-on-dispatch",
        "promise-broken-and-kept,promise-broken",
        "lead-gone-cold,lead-gone-cold",
        "outage-notice-to-affected,outage-notice-to-unaffected",
        "warranty-unsettled,warranty-unsettled",
        "asked-again,promise-broken"})
    void isToldAsApproved(String story, String rule) throws IOException {
        var json = EventJson.mapper().readTree(SharedFiles.find("cases").resolve(story + ".json").toFile());
        var events = new ArrayList<Touchpoint>();
        for (var event : json.get("events")) {
            events.add(Event.ofCloudEvent(event.toString()));
        }
        events.sort(null);
        var shipped = RuleFiles.shipped().rule(rule).orElseThrow();
        var why = Explainer.explain(shipped, OffsetDateTime.parse(json.get("asOf").textValue()).toInstant(),
                Watermarks.none(), events::forEach, 0, 100);
        var told = String.join("\n", WhyText.of(why, shipped.zone())) + "\n";
        var sample = SAMPLES.resolve(story + "-by-" + rule + ".txt");
        if (Boolean.getBoolean("approve")) {
            Files.createDirectories(SAMPLES);
            Files.writeString(sample, told, UTF_8);
        }
        assertThat(told).isEqualTo(Files.readString(sample, UTF_8));
    }
}
