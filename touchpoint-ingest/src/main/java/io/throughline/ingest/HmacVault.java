package io.throughline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.events.Identity;
import io.throughline.events.IdentitySpelling;
import io.throughline.events.Token;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens by computation: the first 128 bits of HMAC-SHA-256(key, `namespace:value`), in the one spelling of each person. Nothing is stored, so
/// nothing can be forgotten one by one.
public final class HmacVault implements Vault {

    static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    /// Keyed, and only ever copied: to key another one costs two rounds of the hash.
    private final Mac keyed;
    private final IdentitySpelling spelling;

    /// @param hexKey 64 hexadecimal digits; blank space around them is ignored
    /// @throws IllegalArgumentException for anything else, without repeating it
    public HmacVault(String hexKey, IdentitySpelling spelling) {
        var digits = hexKey.strip();
        if (!digits.matches("[0-9a-fA-F]{" + 2 * KEY_BYTES + "}")) {
            throw new IllegalArgumentException("the key is not " + 2 * KEY_BYTES + " hexadecimal digits");
        }
        this.spelling = spelling;
        this.keyed = keyed(new SecretKeySpec(HexFormat.of().parseHex(digits), ALGORITHM));
    }

    @Override
    public CompletionStage<List<Token>> tokens(List<Identity> identities) {
        var mac = mac();
        return CompletableFuture.completedFuture(identities.stream()
                .map(identity -> Token.ofDigest(mac.doFinal(spelling.canonical(identity).text().getBytes(UTF_8))))
                .toList());
    }

    private Mac mac() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's " + ALGORITHM + " can be copied", impossible);
        }
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
