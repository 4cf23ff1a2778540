package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    @ParameterizedTest
    @CsvSource({"%2Fchannels%2Fweb, /channels/web", "a+b, a+b", "%252F, %2F", "z%C3%BCrich, zürich", "urn:x, urn:x"})
    void isDecodedOnce(String encoded, String decoded) {
        assertThat(PercentEncoding.decode(encoded)).isEqualTo(decoded);
    }

    @ParameterizedTest @ValueSource(strings = {"%", "%2", "%zz", "%ff", "zürich", "%C3", "a\tb"})
    void nothingIsGuessed(String encoded) {
        assertThatIllegalArgumentException().isThrownBy(() -> PercentEncoding.decode(encoded));
    }

    @Test void nothingIsNothing() {
        assertThat(PercentEncoding.decode("")).isEmpty();
    }
}
