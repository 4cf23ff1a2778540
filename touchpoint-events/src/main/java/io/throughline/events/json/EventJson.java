package io.throughline.events.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// How Throughline reads and writes JSON that comes from outside: exactly, within limits, and nothing guessed.
public final class EventJson {

    /// Deepest nesting of objects and lists.
    public static final int MAX_DEPTH = 64;
    /// Most characters of one number.
    public static final int MAX_NUMBER_LENGTH = 100;
    /// Most characters of one field name.
    public static final int MAX_NAME_LENGTH = 256;
    /// Most characters of one text.
    public static final int MAX_STRING_LENGTH = 256 * 1024;

    private static final JsonMapper MAPPER = new JsonMapper.Builder(new ExactMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .build())
                    // An error message must not repeat what a customer wrote.
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                    .build()))
            .addModule(new JavaTimeModule())
            .addModule(new Rfc3339Module())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private EventJson() {}

    /// The shared mapper: numbers exact, times with an offset as RFC 3339 writes them, duplicate keys and trailing text refused, unknown fields tolerated, limits as stated here.
    public static JsonMapper mapper() {
        return MAPPER;
    }
}
