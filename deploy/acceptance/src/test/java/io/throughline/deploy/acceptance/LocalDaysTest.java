package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Penalties fall exactly sixty local days after the notification, which is an hour more or less where a change of the clocks lies
/// between: what calendar days are is read here from the local times as the log writes them.
@EnabledIfSystemProperty(named = Effort.LONG, matches = "true")
class LocalDaysTest {
    private static final String NOTIFIED = "insert-fine-notification.v1";
    private static final String PENALTY = "add-penalty.v1";
    private static final int DAYS = 60;
    /// After all of them.
    private static final String AS_OF = "2014-01-01T00:00:00Z";
    private static final String RULE = """
            { "id": "penalty-within-%1$s", "title": "Penalty within %2$s", "pattern": "response", "zone": "Europe/Rome", "within": "%2$s",
              "when": { "type": "insert-fine-notification.v1" }, "expect": { "type": "add-penalty.v1" } }
            """;

    private static final Map<String, OffsetDateTime> NOTIFICATIONS = new HashMap<>();
    private static final Map<String, OffsetDateTime> PENALTIES = new HashMap<>();
    private static Stack stack;

    @BeforeAll
    static void importNotificationsAndPenalties() throws Exception {
        var folder = Project.scratch("local-days-rules");
        for (var within : List.of("P59D", "P60D", "PT1440H")) {
            Files.writeString(folder.resolve(within + ".json"), RULE.formatted(within.toLowerCase(Locale.ROOT), within));
        }
        stack = Stack.shortLived(Servers.shared(), "local-days", Map.of("THROUGHLINE_RULES", folder.toString()));
        Phase.begins(LocalDaysTest.class, "imports notifications and penalties of all road fines");
        stack.command("import", write(Project.scratch("local-days-log")).toString()).exits(0);
        stack.settled();
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    private static Path write(Path folder) throws IOException {
        var file = folder.resolve("penalties.ndjson");
        try (var lines = DataSet.lines(DataSet.log("road_fines")); var out = Files.newBufferedWriter(file)) {
            for (var line : (Iterable<String>) lines::iterator) {
                var event = EventJson.mapper().readTree(line);
                var times = switch (event.path("type").asText()) {
                    case NOTIFIED -> NOTIFICATIONS;
                    case PENALTY -> PENALTIES;
                    default -> null;
                };
                if (times != null) {
                    times.put(event.path("subject").asText(), OffsetDateTime.parse(event.path("time").asText()));
                    out.write(line + "\n");
                }
            }
        }
        return file;
    }

    private static long count(Predicate<String> subject) {
        return NOTIFICATIONS.keySet().stream().filter(subject).count();
    }

    private static JsonNode verdicts(String within) {
        return Answers.backtest(stack.as("analyst"), "penalty-within-" + within, AS_OF).path("verdicts");
    }

    @Test
    void sixtyDaysLastUntilTheSameLocalTime() {
        long onTheDay = count(subject -> PENALTIES.get(subject).toLocalDateTime().equals(NOTIFICATIONS.get(subject).toLocalDateTime().plusDays(DAYS)));
        assertThat(onTheDay).isEqualTo(NOTIFICATIONS.size());
        assertThat(verdicts("p60d").path("satisfied").asLong()).isEqualTo(onTheDay);
        assertThat(verdicts("p59d").path("violated").asLong()).isEqualTo(onTheDay);
    }

    @Test
    void asManyHoursEndAnHourEarlyWhereTheClocksWentBack() {
        long late = count(subject -> Duration.between(NOTIFICATIONS.get(subject), PENALTIES.get(subject)).compareTo(Duration.ofDays(DAYS)) > 0);
        assertThat(late).isPositive();
        assertThat(verdicts("pt1440h").path("violated").asLong()).isEqualTo(late);
        assertThat(verdicts("pt1440h").path("satisfied").asLong()).isEqualTo(NOTIFICATIONS.size() - late);
    }
}
