package io.throughline.journey.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%00b", "%1F", "%7f", "%C2%85", "%", "%4", "%zz", "%+1", "%FF", "%C0%80", "%ED%A0%80", "%F4%90%80%80",
        "%C3", "\u00e9", "\t", " "})
    void whatIsNoTextIsNamed(String value) {
        assertThat(UriText.fault("/v1/journeys", "limit=1&identity=" + value + "&type=x")).startsWith("The parameter identity ");
        assertThat(UriText.fault("/v1/rules/" + value, null)).startsWith("The path ");
        assertThat(UriText.fault("/v1/rules", value)).startsWith("The parameter of such a name ");
    }

    @Test
    void whatIsTextIsLeftAlone() {
        assertThat(UriText.fault("/v1/rules/caf%C3%A9", "identity=customer:%F0%9F%8E%89+x&&b&c=%25=&d=%EF%BF%BD")).isNull();
        assertThat(UriText.fault("/v1/rules/a%3Bb", "cursor=a;b")).isNull();
        assertThat(UriText.fault(null, null)).isNull();
        assertThat(UriText.fault("", "")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/status;", "/v..;/1/status/settle%25", "/v1/rul%25es/a;b=c"})
    void aPathHasNoParameters(String path) {
        assertThat(UriText.fault(path, null)).startsWith("The path holds a semicolon");
    }
}
