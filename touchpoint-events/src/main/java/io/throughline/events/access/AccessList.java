package io.throughline.events.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may call, by the SHA-256 of their tokens. Tokens themselves are stored nowhere.
///
/// A token has 256 random bits, so a plain hash cannot be searched; and because it is the hash that is looked up and
/// compared, the time of an answer says nothing about a token.
public final class AccessList {

    private static final String SCHEME = "Bearer ";
    private static final Problem NO_TOKEN = unauthenticated("Send the header Authorization: Bearer <token>.");
    private static final Problem UNKNOWN_TOKEN = unauthenticated("The token is not known, or no longer.");

    private final Map<String, Principal> principalByHash;

    private AccessList(Map<String, Principal> principalByHash) {
        this.principalByHash = Map.copyOf(principalByHash);
    }

    private record Document(@JsonProperty(required = true) List<Key> keys) {}

    private record Key(String id, String sha256, @Nullable List<String> roles, @Nullable String source, @Nullable List<String> scopes) {

        Principal principal() {
            if (source != null) {
                return new Principal.Channel(id, source, scopes == null ? Set.of() : scopes.stream().map(Scope::of).collect(Collectors.toSet()));
            }
            return new Principal.Staff(id, roles == null ? Set.of() : roles.stream().map(Role::of).collect(Collectors.toSet()));
        }
    }

    /// @param file `{ "keys": [ { "id", "sha256", "roles": [] } or { "id", "sha256", "source", "scopes": [] } ] }`
    /// @throws IOException when the file cannot be read or is not such a document; the message names the file and what to do
    public static AccessList read(Path file) throws IOException {
        try {
            var document = EventJson.mapper().readValue(Files.readAllBytes(file), Document.class);
            var principals = new HashMap<String, Principal>();
            for (var key : document.keys()) {
                if (key.id() == null || key.sha256() == null || !key.sha256().matches("[0-9a-f]{64}")) {
                    throw new IllegalArgumentException("a key needs an id and a sha256 of 64 lower-case hexadecimal digits");
                }
                principals.put(key.sha256(), key.principal());
            }
            return new AccessList(principals);
        } catch (IOException | RuntimeException unreadable) {
            throw new IOException("The access list " + file + " cannot be read (" + unreadable.getMessage()
                    + "). It is written by the local stack; elsewhere, set THROUGHLINE_ACCESS_FILE to a readable one.", unreadable);
        }
    }

    /// Who a request comes from, as far as its token says.
    public sealed interface Caller {
        record Known(Principal principal) implements Caller {}

        /// @param problem `unauthenticated`, the same at every door
        record Unknown(Problem problem) implements Caller {}
    }

    /// Who sends this header `Authorization` (RFC 6750).
    public Caller caller(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Caller.Unknown(NO_TOKEN);
        }
        return authenticate(authorization.substring(SCHEME.length()).strip()).<Caller>map(Caller.Known::new)
                .orElse(new Caller.Unknown(UNKNOWN_TOKEN));
    }

    /// What a request without a token is answered.
    public static Problem unauthenticated() {
        return NO_TOKEN;
    }

    private static Problem unauthenticated(String detail) {
        return Problem.of("unauthenticated", "A valid token is needed", 401, detail);
    }

    /// The caller who holds `token`, if any does.
    public Optional<Principal> authenticate(String token) {
        return Optional.ofNullable(principalByHash.get(hash(token)));
    }

    public int size() {
        return principalByHash.size();
    }

    /// The stored form of a token: SHA-256 in lower-case hex.
    public static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
