package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/// The projector was down for an hour in which questions were asked and answered within seconds. When it comes back, every deadline has passed
/// by its own clock and by the database's, and the answers still lie unread: nobody may be accused who answered in time.
///
/// The log has its writer's times, so that the hour is over when the projector starts. The broker's clock steps back at times.
class DowntimeTest {
    private static final int QUESTIONS = 2_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private record Recorded(ObjectNode event, Instant at) {}

    @Test
    void catchingUpAccusesNobodyWhoAnsweredInTime() throws Exception {
        var random = Seed.random(DowntimeTest.class);
        var begun = Instant.now().minus(HOUR).minusSeconds(60);
        var hour = new ArrayList<Recorded>();
        var unanswered = new TreeSet<String>();
        for (int i = 0; i < QUESTIONS; i++) {
            ask(i, begun.plusMillis(random.nextLong(HOUR.toMillis())), random, hour, unanswered);
        }
        hour.sort(Comparator.comparing(Recorded::at));
        try (var log = TouchpointLog.recordedByTheWriter("downtime", 5)) {
            for (var recorded : hour) {
                // An hour of traffic takes its time to read: deadlines pass in the middle of it.
                log.write(recorded.event, random.nextInt(50) == 0 ? recorded.at.minusSeconds(random.nextInt(120)) : recorded.at);
            }
            log.flush();
            var projection = Projection.of(log.topic(), "downtime");
            var rules = Path.of(DowntimeTest.class.getResource("/rules").toURI()).toString();
            try (var projector = projection.start("late", Map.of("THROUGHLINE_RULES", rules, "THROUGHLINE_PROJECTOR_BATCH_SIZE", "20")).awaitReady()) {
                projection.settle(projector);
                projection.awaitTold();
            }
            projection.audited();
            assertThat(projection.database().rows("SELECT body::json #>> '{activation,0,id}' FROM throughline.finding"))
                    .as("everything that was ever found").containsExactlyInAnyOrderElementsOf(unanswered);
            assertThat(projection.database().rows("SELECT DISTINCT status FROM throughline.finding")).as("nothing had to be taken back")
                    .containsExactly("open");
            assertThat(told(projection.findingsTopic())).as("findings ever published").hasSize(unanswered.size());
        }
    }

    /// One in ten is never answered; the others within the three seconds that the rule gives.
    private static void ask(int number, Instant asked, Random random, List<Recorded> hour, Set<String> unanswered) {
        var person = "customer:" + random.nextInt(500);
        var question = Events.event("/channels/web", "asked-" + number, "acceptance-asked.v1", person, asked);
        question.withObject("data").put("question", "q-" + number);
        hour.add(new Recorded(question, asked.plusMillis(5)));
        if (random.nextInt(10) == 0) {
            unanswered.add("asked-" + number);
        } else {
            var answered = asked.plusMillis(1 + random.nextInt(2_900));
            var answer = Events.event("/channels/web", "answered-" + number, "acceptance-answered.v1", person, answered);
            answer.withObject("data").put("question", "q-" + number);
            hour.add(new Recorded(answer, answered.plusMillis(5)));
        }
    }

    /// Whom the world was ever told about, in whatever revision.
    private static Set<String> told(String topic) {
        try (var consumer = new KafkaConsumer<>(Servers.shared().broker().client(Map.of()),
                new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var told = new TreeSet<String>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> told.add(record.key()));
            }
            return told;
        }
    }
}
