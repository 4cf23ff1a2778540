package io.throughline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.bench.Story;
import io.throughline.events.json.CloudEventJson;
import io.throughline.events.json.CloudEventJson.Reading.Readable;
import io.throughline.events.json.EventJson;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventRequestsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T18:12:00.000042Z"), ZoneOffset.UTC);
    private static final Target TARGET = new Target("127.0.0.1", 1, "/v1/events", "secret");

    @Test
    void aBatchIsJsonOfTheAnnouncedLengthAndEveryEventOfItIsValid() throws Exception {
        var requests = EventRequests.batches(TARGET, Story.STEPS, 100, 7, CLOCK, new AtomicLong());
        var ids = new HashSet<String>();
        for (int i = 0; i < 3; i++) {
            for (var event : EventJson.mapper().readTree(body(requests.next().toString()))) {
                assertThat(CloudEventJson.read(event)).isInstanceOfSatisfying(Readable.class, readable -> {
                    assertThat(readable.event().attributes().occurredAt()).isEqualTo(CLOCK.instant());
                    ids.add(readable.event().attributes().id());
                });
            }
        }
        assertThat(ids).hasSize(300);
    }

    @Test
    void aSingleEventHasItsAttributesInHeadersAndItsDataAsBody() throws Exception {
        var requests = EventRequests.single(TARGET, Story.STEPS, 7, CLOCK, new AtomicLong(40));

        var request = requests.next().toString();

        assertThat(request).startsWith("POST /v1/events HTTP/1.1\r\n")
                .contains("\r\nce-id: " + Story.id(41) + "\r\n", "\r\nce-subject: customer:0000000006\r\n",
                "\r\nce-time: 2026-03-02T18:12:00.000042Z\r\n");
        assertThat(EventJson.mapper().readTree(body(request)).isObject()).isTrue();
    }

    @Test
    void theTokenIsNotInALog() {
        assertThat(TARGET.toString()).doesNotContain("secret");
    }

    /// What lies behind the empty line, if it has the length that the head announces.
    private static String body(String request) {
        int end = request.indexOf("\r\n\r\n") + 4;
        var body = request.substring(end);
        assertThat(request.substring(0, end)).contains("\r\nContent-Length: " + body.length() + "\r\n");
        return body;
    }
}
