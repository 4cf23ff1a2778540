package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentModeTest {

    @ParameterizedTest @CsvSource({
        "application/cloudevents+json, false, STRUCTURED", "application/cloudevents+json, true, STRUCTURED",
        "Application/CloudEvents+JSON; charset=UTF-8, false, STRUCTURED", "application/cloudevents-batch+json, false, BATCH",
        "application/json, true, BINARY", "application/json;charset=\"utf-8\", true, BINARY", "application/vnd.acme+json, true, BINARY"})
    void theContentTypeAndTheHeadersTellTheMode(String contentType, boolean attributes, ContentMode mode) {
        assertThat(ContentMode.of(contentType, attributes, true)).isEqualTo(mode);
    }

    @Test void anEventWithoutDataNeedsNoContentType() {
        assertThat(ContentMode.of(null, true, false)).isEqualTo(ContentMode.BINARY);
    }

    @ParameterizedTest @CsvSource({
        "application/json, false", "text/plain, true", "application/xml, true", "application/cloudevents+xml, true", "application/cloudevents+avro, false",
        "application/cloudevents+json; charset=iso-8859-1, false", "application/json; charset=utf-16, true", ", true", ", false"})
    void anythingElseIsRefused(String contentType, boolean attributes) {
        var refusal = catchThrowableOfType(Refusal.class, () -> ContentMode.of(contentType, attributes, true));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem().status()).isEqualTo(415);
    }
}
