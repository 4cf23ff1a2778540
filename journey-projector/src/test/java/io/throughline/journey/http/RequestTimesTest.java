package io.throughline.journey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.throughline.journey.backtest.BacktestRequest;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Times in bodies are read like those in queries.
class RequestTimesTest {

    /// What PostgreSQL holds as a timestamp with an offset.
    private static final Instant FIRST = Instant.parse("-4712-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("+294276-12-31T23:59:59.999999Z");

    private static BacktestRequest request(String asOf) throws JsonProcessingException {
        var mapper = new ObjectMapper().registerModule(new JavaTimeModule());
        new JsonFormat().customize(mapper);
        return mapper.readValue("{\"asOf\":%s}".formatted(asOf), BacktestRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "-5000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+18:00",
            "9999-12-31T23:59:59-18:00", "+292278-01-01T00:00:00Z", "+294277-01-01T00:00:00Z", "+999999999-12-31T23:59:59.999999999Z"})
    void aFarTimeIsOneThatTheDatabaseHoldsOrIsRefused(String time) throws JsonProcessingException {
        try {
            assertThat(Parameters.instant(time)).isBetween(FIRST, LAST);
            assertThat(request("\"" + time + "\"").asOf().toInstant()).isBetween(FIRST, LAST);
        } catch (DateTimeException refused) {
            assertThatExceptionOfType(JsonMappingException.class).isThrownBy(() -> request("\"" + time + "\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2026-03-01\"", "\"2026-03-01T10:00:00\"", "\"yesterday\"", "\"\"", "1772359200", "1e9", "true", "[]"})
    void whatIsNoTimeIsRefusedAtItsPlace(String time) {
        assertThatExceptionOfType(JsonMappingException.class).isThrownBy(() -> request(time))
                .satisfies(refused -> assertThat(refused.getPath()).extracting(JsonMappingException.Reference::getFieldName).containsExactly("asOf"));
    }
}
