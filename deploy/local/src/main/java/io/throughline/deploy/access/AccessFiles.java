package io.throughline.deploy.access;

import io.throughline.events.access.AccessList;
import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The files by which the processes of a stack know each other and their callers; each readable by its owner only.
///
/// `credentials.json` holds the plain tokens. `access.json`, which the services read, is made from it and holds hashes only.
public record AccessFiles(Path credentials, Path access, Path vaultKey, Path serviceToken, Path databasePassword, Path logCredentials) {
    static final List<String> ROLES = List.of("viewer", "analyst", "agent", "lead", "operator", "privacy", "admin");
    static final List<String> SOURCES = List.of("/channels/self-service", "/channels/web", "/channels/app", "/channels/contact-centre",
            "/channels/ivr", "/channels/chat", "/channels/e-mail", "/channels/shop", "/systems/crm", "/systems/card-dispatch",
            "/systems/campaigns", "/systems/network", "/systems/fulfilment", "/systems/sales");
    private static final List<String> CHANNEL_SCOPES = List.of("post", "receipts", "context", "decide");

    /// Where they lie in the folder of a stack.
    public static AccessFiles in(Path folder) {
        return new AccessFiles(folder.resolve("credentials.json"), folder.resolve("access.json"), folder.resolve("vault.key"),
                folder.resolve("service.token"), folder.resolve("postgres.password"), folder.resolve("kafka.credentials"));
    }

    public List<Path> all() {
        return List.of(credentials, access, vaultKey, serviceToken, databasePassword, logCredentials);
    }

    /// Makes what is missing, keeps what is there, and notes where the gateway is now.
    /// @param random from which secrets are made: a `SecureRandom`
    public Credentials ensure(String baseUrl, RandomGenerator random) throws IOException {
        var old = Files.exists(credentials) ? Credentials.read(credentials) : new Credentials(baseUrl, null, null);
        var fresh = new Credentials(baseUrl, old.tokens(), old.sources());
        ROLES.forEach(role -> fresh.tokens().computeIfAbsent(role, _ -> token(random)));
        SOURCES.forEach(source -> fresh.sources().computeIfAbsent(source, _ -> token(random)));
        List.of(fresh.tokens(), fresh.sources()).forEach(all -> all.replaceAll((_, token) -> token == null || token.isBlank() ? token(random) : token));
        fresh.write(credentials);
        ensure(vaultKey, HexFormat.of().formatHex(bytes(random, 32)));
        ensure(databasePassword, token(random));
        ensure(logCredentials, LogCredentials.local("throughline", token(random)).text());
        ensure(serviceToken, token(random));
        writeAccess(fresh, Files.readString(serviceToken).strip());
        return fresh;
    }

    /// Makes a new token for a role, or a new key for a source, which may be a new one. The one before is refused as soon as the services have read their
    /// list again, within seconds.
    ///
    /// @throws java.nio.file.NoSuchFileException when no stack was ever started here
    public String renew(String name, RandomGenerator random) throws IOException {
        var plain = Credentials.read(credentials);
        var token = token(random);
        (ROLES.contains(name) ? plain.tokens() : plain.sources()).put(name, token);
        plain.write(credentials);
        writeAccess(plain, Files.readString(serviceToken).strip());
        return token;
    }

    /// The password of the stack's database. Call [#ensure] first.
    public String password() throws IOException {
        return Files.readString(databasePassword).strip();
    }

    private void writeAccess(Credentials plain, String serviceToken) throws IOException {
        var keys = new ArrayList<Map<String, Object>>();
        plain.tokens().forEach((role, token) -> keys.add(Map.of("id", role, "sha256", AccessList.hash(token), "roles", List.of(role))));
        plain.sources().forEach((source, token) ->
                keys.add(Map.of("id", source, "sha256", AccessList.hash(token), "source", source, "scopes", CHANNEL_SCOPES)));
        keys.add(Map.of("id", "journey-projector", "sha256", AccessList.hash(serviceToken), "roles", List.of("service")));
        SecretFile.write(access, Credentials.JSON.writeValueAsString(Map.of("keys", keys)));
    }

    private static void ensure(Path file, String secret) throws IOException {
        if (!Files.exists(file)) {
            SecretFile.write(file, secret);
        }
    }

    private static String token(RandomGenerator random) {
        return "tl_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 32));
    }

    private static byte[] bytes(RandomGenerator random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
