package io.throughline.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.json.EventJson;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Admission.Decision;
import io.throughline.ingest.Events;
import io.throughline.ingest.Position;
import io.throughline.ingest.WarnedTypes;
import io.throughline.ingest.sources.SourceState.Registered;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceAnswerTest {

    @Test void aSourceIsWrittenAsTheContractSays() throws Exception {
        var definition = new SourceDefinition("/channels/web", "web", new LinkedHashSet<>(List.of("page-viewed.v1")), Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofMinutes(1));
        var source = new Registered(definition, 3, "operator", Instant.parse("2026-03-02T18:12:00.5Z"), new Position("definitions", 0, 17));
        var warned = new WarnedTypes();
        for (var type : List.of("page-viewed.v1", "page-vieved.v1", "page-vieved.v1")) {
            var event = Events.event("e-1").put("type", type);
            event.putObject("data").put("url", "https://example.org");
            warned.add((Decision.Accepted) new Admission(Events.LIMITS, Events.UNREGISTERED).decide(event, Events.OPERATOR, Events.NOW));
        }
        assertThat(EventJson.mapper().writeValueAsString(SourceAnswer.page(List.of(source), warned, "L2M", null))).isEqualTo("""
                {"items":[{"name":"/channels/web","channel":"web","types":["page-viewed.v1"],"heartbeat":"PT5M","expectedDelay":"PT1H","clockSkew":"PT1M",\
                "version":3,"position":"definitions-0:17","changedBy":"operator","changedAt":"2026-03-02T18:12:00.500Z",\
                "warned":[{"type":"page-vieved.v1","events":2,"pointer":"/type","detail":"no rule of the catalogue reads this type: did you mean \
                page-viewed.v1? A type of your own is kept too; register it with its source, and this is not said again"}]}],"next":"L2M"}""");
    }

    @Test void theLastPageSaysThatItIs() throws Exception {
        assertThat(EventJson.mapper().writeValueAsString(SourceAnswer.page(List.of(), new WarnedTypes(), null, null))).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @Test void whatAnUnregisteredSourceWasWarnedOfIsSaidBesideTheRegister() throws Exception {
        var warned = new WarnedTypes();
        warned.add((Decision.Accepted) new Admission(Events.LIMITS, Events.UNREGISTERED).decide(
                Events.event("e-1").put("source", "/channels/own").put("type", "page-vieved.v1"), Events.OPERATOR, Events.NOW));
        var page = EventJson.mapper().valueToTree(SourceAnswer.page(List.of(), warned, null, warned.sources()));
        assertThat(page.at("/unregistered/0/name").asText()).isEqualTo("/channels/own");
        assertThat(page.at("/unregistered/0/warned/0/type").asText()).isEqualTo("page-vieved.v1");
        assertThat(page.at("/unregistered/0/warned/0/events").asInt()).isEqualTo(1);
    }
}
