package io.throughline.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.json.EventJson;
import io.throughline.events.json.Violation;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Outcome;
import io.throughline.ingest.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventAnswerTest {

    @Test void anAnswerIsWrittenAsTheContractSays() throws Exception {
        var answer = EventAnswer.of(List.of(
                new Outcome.Accepted("/channels/web", "e 1&2", new Position("touchpoints", 3, 1042), List.of()),
                new Outcome.Accepted("/channels/web", "e-2", new Position("touchpoints", 3, 1043), List.of(new Violation("/type", "why"))),
                new Outcome.Rejected(null, null, ErrorCode.MALFORMED_JSON.problem("why")),
                new Outcome.Unknown("/channels/web", "e-3")));
        assertThat(EventJson.mapper().writeValueAsString(answer)).isEqualTo("""
                {"items":[{"source":"/channels/web","id":"e 1&2","status":"accepted","position":"touchpoints-3:1042",\
                "receipt":"/v1/receipts?source=%2Fchannels%2Fweb&id=e%201%262&position=touchpoints-3%3A1042"},\
                {"source":"/channels/web","id":"e-2","status":"accepted","position":"touchpoints-3:1043",\
                "receipt":"/v1/receipts?source=%2Fchannels%2Fweb&id=e-2&position=touchpoints-3%3A1043",\
                "warnings":[{"pointer":"/type","detail":"why"}]},\
                {"status":"rejected","problem":{"type":"urn:throughline:problem:malformed-json","title":"Not JSON",\
                "status":400,"detail":"why","code":"malformed-json"}},\
                {"source":"/channels/web","id":"e-3"}]}""");
    }

    @Test void anIncompleteBatchIsAProblemThatCarriesItsItems() throws Exception {
        var incomplete = new EventAnswer.Incomplete(ErrorCode.OUTCOME_UNKNOWN.problem("why"), EventAnswer.of(List.of(new Outcome.Unknown("/s", "1"))).items());
        var json = EventJson.mapper().readTree(EventJson.mapper().writeValueAsBytes(incomplete));
        assertThat(json.path("code").textValue()).isEqualTo("outcome-unknown");
        assertThat(json.path("items").get(0).has("status")).isFalse();
    }
}
