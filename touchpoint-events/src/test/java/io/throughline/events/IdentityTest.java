package io.throughline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @ParameterizedTest
    @CsvSource({"Zo\u00eb, Zoe\u0308", "\u212b, A\u030a", "\u1e69, s\u0307\u0323", "\uac00, \u1100\u1161"})
    void isTheSameComposedAndDecomposed(String composed, String decomposed) {
        assertThat(Identity.parse("customer:" + decomposed)).isEqualTo(Identity.parse("customer:" + composed));
    }

    /// What merely looks alike is not the same: Latin and Cyrillic, a ligature and its letters, wide digits.
    @ParameterizedTest
    @CsvSource({"a, \u0430", "ffi, \ufb03", "1, \uff11", "ss, \u00df"})
    void isAnotherWhereItOnlyLooksAlike(String one, String other) {
        assertThat(Identity.parse("customer:" + one)).isNotEqualTo(Identity.parse("customer:" + other));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00a0", "\u2003", "\u3000", "\u200b", "\u200d", "\ufeff", "\u2028", "\u2029", "\u202e", "\u00ad", "\udb40\udc01"})
    void hasNothingInvisibleAtItsEnds(String invisible) {
        for (var value : new String[] {"4711" + invisible, invisible + "4711", invisible}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Identity.parse("customer:" + value))
                    .withMessage("the value of an identity has white space or an invisible character at its start or end: send it without");
        }
        assertThat(Identity.parse("customer:47" + invisible + "11").value()).isEqualTo("47" + invisible + "11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "\n", "\u0000", "\u0085", "\ud800", "\ufffe"})
    void hasNoControlCharacterAnywhere(String control) {
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.parse("customer:47" + control + "11")).withMessageContaining("no control characters");
    }

    /// Some letters take more characters in NFC.
    @Test
    void isNotTooLongInNfc() {
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.parse("customer:" + "\u0958".repeat(200))).withMessageContaining("1 to 256 characters");
    }

    @ParameterizedTest
    @CsvSource({"email:Ada@Example.org, email:ada@example.org",
        "email:ZO\u00cb@example.org, email:zo\u00eb@example.org", "customer:Ada, customer:Ada", "device:A, device:A"})
    void isSpelledWithoutCaseInTheNamespacesThatHaveNone(String written, String canonical) {
        assertThat(IdentitySpelling.DEFAULT.canonical(Identity.parse(written))).isEqualTo(Identity.parse(canonical));
    }

    @Test
    void namespacesWithoutCaseAreASetting() {
        var spelling = new IdentitySpelling(Set.of("login"));
        assertThat(spelling.canonical(Identity.parse("login:Ada"))).isEqualTo(Identity.parse("login:ada"));
        assertThat(spelling.canonical(Identity.parse("email:Ada"))).isEqualTo(Identity.parse("email:Ada"));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdentitySpelling(Set.of("E-Mail")));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdentitySpelling(Set.of("source")));
    }

    /// Every character of Unicode, as often as an identity may have it: a canonical spelling is an identity, and its own canonical spelling. What is
    /// spelled canonically as it is has shown that at once.
    @Test
    void everyIdentityHasACanonicalSpelling() {
        int identities = 0;
        for (int c = Character.MIN_CODE_POINT; c <= Character.MAX_CODE_POINT; c++) {
            var value = Character.toString(c).repeat(Identity.MAX_VALUE_LENGTH / Character.charCount(c));
            var identity = identity(value);
            if (identity.isEmpty()) {
                continue;
            }
            identities++;
            var canonical = IdentitySpelling.DEFAULT.canonical(identity.get());
            if (!canonical.equals(identity.get())) {
                assertThat(IdentitySpelling.DEFAULT.canonical(canonical)).as("U+%04X", c).isEqualTo(canonical);
                assertThat(Identity.parse(canonical.text())).as("U+%04X", c).isEqualTo(canonical);
            }
        }
        assertThat(identities).isGreaterThan(1_000_000);
    }

    private static Optional<Identity> identity(String value) {
        try {
            return Optional.of(new Identity("email", value)).filter(identity -> identity.value().equals(value));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
