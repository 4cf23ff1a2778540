package io.throughline.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"/channels/web", "web", "https://example.org/a?b=c#d", "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66", "mailto:a@example.org",
            "//example.org/a", "?q=1", "#here", "/a%20b", "http://[2001:db8::1]:80/a", "1-555-123-4567", "/a:b;c=d,e!f$g&h'i(j)k*l+m@n"})
    void isAReference(String text) {
        assertThat(UriText.isReference(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a uri", "http://[bad", "/a%zz", "/a%2", "/Zoë", "/a\\b", "/a|b", "/a^b", "/<a>", "/a\"b", "/a{b}", "/a`b", "/a[0]", "/a?b[]=c", "/a#b#c",
            "http://[2001:db8::1]/a[b]", "1a:b"})
    void isNone(String text) {
        assertThat(UriText.isReference(text)).isFalse();
        assertThat(UriText.isAbsolute(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/schemas/a.json", "a.json", "//example.org/a", "https://example.org/a#b", "https://example.org/a#"})
    void isNotAbsolute(String text) {
        assertThat(UriText.isReference(text)).isTrue();
        assertThat(UriText.isAbsolute(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a?b=c", "urn:schema:a", "tag:example.org,2026:a"})
    void isAbsolute(String text) {
        assertThat(UriText.isAbsolute(text)).isTrue();
    }
}
