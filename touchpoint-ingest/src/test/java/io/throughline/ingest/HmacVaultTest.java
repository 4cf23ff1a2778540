package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.events.Identity;
import io.throughline.events.IdentitySpelling;
import java.util.List;
import org.junit.jupiter.api.Test;

class HmacVaultTest {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /// The value was computed with `openssl dgst -sha256 -mac HMAC -macopt hexkey:…`: tokens outlive this program.
    @Test void aTokenIsTheFirstHalfOfTheHmacOfTheIdentity() {
        assertThat(tokens(KEY + "\n", "customer:4711")).containsExactly("dd70b7c8ce04772a2a2db8ccf5691ac9");
    }

    @Test void tokensComeInTheOrderAskedForAndDifferByNamespace() {
        var both = tokens(KEY, "customer:1", "device:1");
        assertThat(both).doesNotHaveDuplicates().isEqualTo(List.of(tokens(KEY, "customer:1").getFirst(), tokens(KEY, "device:1").getFirst()));
    }

    @Test void anotherKeyGivesOtherTokens() {
        assertThat(tokens("f" + KEY.substring(1), "customer:1")).isNotEqualTo(tokens(KEY, "customer:1"));
    }

    @Test void spellingsOfOnePersonHaveOneToken() {
        assertThat(tokens(KEY, "customer:Zo\u00eb", "customer:Zoe\u0308")).containsOnly(tokens(KEY, "customer:Zo\u00eb").getFirst());
        assertThat(tokens(KEY, "email:Ada@Example.org", "email:ada@example.org", "email:ADA@EXAMPLE.ORG"))
                .containsOnly(tokens(KEY, "email:ada@example.org").getFirst());
        assertThat(tokens(KEY, "customer:Ada", "customer:ada")).doesNotHaveDuplicates();
    }

    @Test void aKeyThatIsNoneIsNotRepeated() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HmacVault("secret", IdentitySpelling.DEFAULT)).withMessageNotContaining("secret");
    }

    private static List<String> tokens(String key, String... identities) {
        return new HmacVault(key, IdentitySpelling.DEFAULT).tokens(List.of(identities).stream().map(Identity::parse).toList()).toCompletableFuture().join()
                .stream().map(Object::toString).toList();
    }
}
