package io.throughline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.json.EventJson;
import io.throughline.events.log.EnvelopeReader;
import io.throughline.events.log.EnvelopeReader.Reading.Readable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class StoryRecordsTest {
    private static final int JOURNEYS = 200;

    /// The count of a backlog and the order of its journeys are what the figures rest on.
    @Test
    void aBacklogTellsEveryJourneyToItsEndAndInItsOrder() {
        var told = new LinkedHashMap<String, List<String>>();
        backlog().forEach(record -> told.computeIfAbsent(new String(record.key(), UTF_8), _ -> new ArrayList<>()).add(type(record)));

        assertThat(told).hasSize(JOURNEYS);
        assertThat(told.values()).allSatisfy(types -> assertThat(types).isEqualTo(Story.STEPS.stream().map(Story.Step::type).toList()));
    }

    @Test
    void theEventsOfOneJourneyLieApart() {
        var keys = backlog().stream().limit(JOURNEYS).map(record -> new String(record.key(), UTF_8)).toList();

        assertThat(keys.stream().distinct().count()).isGreaterThan(JOURNEYS / 3);
    }

    @Test
    void everyBacklogIsTheSame() {
        assertThat(backlog().stream().map(StoryRecordsTest::type).toList()).isEqualTo(backlog().stream().map(StoryRecordsTest::type).toList());
    }

    @Test
    void whatIsLaidOnTheLogIsReadable() throws Exception {
        for (var record : backlog()) {
            var reader = new EnvelopeReader();
            record.headers().forEach(header -> reader.header(header.key(), header.value()));
            assertThat(reader.reading()).isInstanceOf(Readable.class);
            assertThat(EventJson.mapper().readValue(record.value(), Map.class)).isNotEmpty();
        }
    }

    @Test
    void shortJourneysHaveTheStepsOfOneStoryAmongThem() {
        var told = new HashMap<String, List<String>>();
        backlog(5).forEach(record -> told.computeIfAbsent(new String(record.key(), UTF_8), _ -> new ArrayList<>()).add(type(record)));

        var types = Story.STEPS.stream().map(Story.Step::type).toList();
        assertThat(told).hasSize(JOURNEYS);
        assertThat(told.values()).allSatisfy(journey -> assertThat(journey)
                .isIn(types.subList(0, 5), types.subList(5, 10), types.subList(10, 15), types.subList(15, 20)));
        assertThat(told.values().stream().distinct()).hasSize(4);
    }

    private static List<ProducerRecord<byte[], byte[]>> backlog() {
        return backlog(Story.STEPS.size());
    }

    private static List<ProducerRecord<byte[], byte[]>> backlog(int length) {
        var records = new StoryRecords("backlog", JOURNEYS, length);
        var backlog = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int number = 1; number <= JOURNEYS * length; number++) {
            backlog.add(records.interleaved(number));
        }
        return backlog;
    }

    private static String type(ProducerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("ce_type").value(), UTF_8);
    }
}
