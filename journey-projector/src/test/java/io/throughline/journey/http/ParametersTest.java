package io.throughline.journey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.throughline.journey.Refusal;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    private static Method route(Class<?> resource, String name) {
        return Arrays.stream(resource.getDeclaredMethods()).filter(method -> method.getName().equals(name)).findFirst().orElseThrow();
    }

    private static MultivaluedMap<String, String> query(String query) {
        var parameters = new MultivaluedHashMap<String, String>();
        for (var parameter : query.split("&")) {
            var parts = parameter.split("=", 2);
            parameters.add(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static Parameters checked(String query, Map<String, Boolean> known) {
        var given = query(query);
        Parameters.check(given, known);
        return Parameters.of((UriInfo) Proxy.newProxyInstance(ParametersTest.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (_, method, _) -> {
            assertThat(method.getName()).isEqualTo("getQueryParameters");
            return given;
        }));
    }

    private static final Map<String, Boolean> OF_JOURNEYS = ParameterCheck.documentedAt(route(JourneyResource.class, "journeys"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "asOf=2026-03-02T18:12:00Z&asOf=2026-03-02T18:12:00Z | asOf is given 2 times; give it once.",
        "identity=a:b&limit=1&identity=a:b | identity is given 2 times", "asOf= | asOf has no value", "asOf | asOf has no value", "type=a&type= | type has no value",
        "typ=a | There is no parameter typ here (did you mean \"type\"?); there are: identity, asOf, finding, rule, status, severity, stage, channel, type, source, from, to, zone, cursor, findingsCursor, limit.",
        "colour=red | There is no parameter colour here; there are:", "a%00b=1 | There is no parameter", "channel=a%00b | channel holds a control character"})
    void whatIsNotOneOfThoseThatTheRouteDocumentsIsRefusedByName(String query, String detail) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> checked(query, OF_JOURNEYS)).withMessageContaining(detail);
    }

    @Test
    void aRouteThatDocumentsNoneTakesNone() {
        var known = ParameterCheck.documentedAt(route(SchemaResource.class, "rule"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> checked("x=1", known)).withMessageContaining("here; there is none.");
        assertThatCode(() -> Parameters.check(Map.of(), known)).doesNotThrowAnyException();
    }

    @Test
    void anotherFormOfAnAnswerTakesTheSameButForPages() throws Exception {
        var known = new LinkedHashMap<>(OF_JOURNEYS);
        List.of("cursor", "findingsCursor", "limit").forEach(known::remove);
        for (var form : List.of("table", "lines")) {
            assertThat(ParameterCheck.documentedAt(JourneyResource.class.getDeclaredMethod(form, UriInfo.class))).isEqualTo(known);
            assertThat(ParameterCheck.documentedAt(JourneyResource.class.getDeclaredMethod(form, String.class, UriInfo.class)).keySet())
                    .containsExactly("asOf", "from", "to", "channel", "type", "zone");
            assertThat(ParameterCheck.documentedAt(route(FindingResource.class, form)).keySet())
                    .containsExactly("rule", "status", "severity", "stage", "person", "since", "from", "to", "zone", "sort");
        }
    }

    @Test
    void aRouteOfSeveralQuestionsTakesThoseOfTheOneThatIsAsked() {
        assertThat(checked("identity=a:b&limit=1", OF_JOURNEYS).only("identity", "limit").limit()).isOne();
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> checked("identity=a:b&rule=x", OF_JOURNEYS).only("identity", "role", "limit"))
                .withMessageContaining("There is no parameter rule here (did you mean \"role\"?); there are: identity, role, limit.");
    }

    /// Whatever a terminal has for its zone; a `+` in a query is a space.
    @ParameterizedTest(name = "{0}")
    @CsvSource({"zone=Europe/Berlin, Europe/Berlin", "zone=UTC, UTC", "zone=Z, Z", "zone=%2B01:00, +01:00", "zone=+01:00, +01:00", "zone=CET, CET", "limit=1,"})
    void theZoneOfSentencesIsAnyThatThereIs(String query, String zone) {
        assertThat(checked(query, OF_JOURNEYS).zoneOfSentences()).isEqualTo(zone == null ? null : ZoneId.of(zone));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> checked("zone=Mars/Phobos", OF_JOURNEYS).zoneOfSentences())
                .withMessageContaining("zone must be a time zone, as in Europe/London, UTC or +01:00.");
    }

    @Test
    void aListIsRepeatedOrSeparatedByCommasOrBoth() {
        assertThat(checked("type=a&type=b,c&type=a", OF_JOURNEYS).list("type")).containsExactly("a", "b", "c");
        assertThat(checked("limit=1", OF_JOURNEYS).list("type")).isEmpty();
        for (var query : List.of("type=a,,b", "type=,", "type=a,")) {
            assertThatExceptionOfType(Refusal.class).isThrownBy(() -> checked(query, OF_JOURNEYS).list("type")).withMessageContaining("type has an empty value");
        }
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> checked("type=" + IntStream.range(0, 51).mapToObj(Integer::toString).collect(Collectors.joining(",")), OF_JOURNEYS).list("type"))
                .withMessageContaining("type has more than 50 values");
        var ofFindings = ParameterCheck.documentedAt(route(FindingResource.class, "findings"));
        assertThat(checked("status=open,resolved", ofFindings).list("status", Set.of("open", "resolved", "withdrawn"))).containsExactly("open", "resolved");
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> checked("status=open&status=resolvd", ofFindings).list("status", Set.of("open", "resolved")))
                .withMessageContaining("status must be one of: open, resolved (did you mean \"resolved\"?).");
    }

    @Test
    void aWordIsSuggestedWhereItIsNear() {
        var rules = List.of("promise-broken", "stale-address-on-dispatch", "password-reset-spiral");
        assertThat(Suggestion.of("promise-brokn", rules)).isEqualTo(" (did you mean \"promise-broken\"?)");
        assertThat(Suggestion.of("Promise-Broken", rules)).contains("promise-broken");
        assertThat(Suggestion.of("stale-adress-on-dispach", rules)).contains("stale-address-on-dispatch");
        assertThat(Suggestion.of("nonsense", rules)).isEmpty();
        assertThat(Suggestion.of("x".repeat(100_000), rules)).isEmpty();
    }
}
