package io.throughline.events.log;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/// With what a client proves to the log's brokers who it is; kept in a file of properties (`KAFKA_CREDENTIALS_FILE`):
///
/// ```
/// username=throughline
/// password=…
/// mechanism=SCRAM-SHA-512
/// protocol=SASL_SSL
/// ```
///
/// @param mechanism `SCRAM-SHA-512`, unless the file says `SCRAM-SHA-256` or `PLAIN`
/// @param protocol `SASL_SSL`, unless the file says `SASL_PLAINTEXT`, which suits one machine or a network that is trusted
public record LogCredentials(String username, String password, String mechanism, String protocol) {

    private static final String PLAIN = "PLAIN";
    private static final String SCRAM_512 = "SCRAM-SHA-512";
    private static final String TLS = "SASL_SSL";
    private static final String NO_TLS = "SASL_PLAINTEXT";
    private static final Set<String> MECHANISMS = Set.of(SCRAM_512, "SCRAM-SHA-256", PLAIN);
    private static final Set<String> KEYS = Set.of("username", "password", "mechanism", "protocol");

    /// @throws IllegalArgumentException saying which of them cannot be used; never with the password
    public LogCredentials {
        if (!isWord(username) || !isWord(password)) {
            throw new IllegalArgumentException("username and password are needed, both without control characters");
        }
        if (!MECHANISMS.contains(mechanism)) {
            throw new IllegalArgumentException("mechanism is SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN");
        }
        if (!protocol.equals(TLS) && !protocol.equals(NO_TLS)) {
            throw new IllegalArgumentException("protocol is SASL_SSL or SASL_PLAINTEXT");
        }
        if (mechanism.equals(PLAIN) && protocol.equals(NO_TLS)) {
            throw new IllegalArgumentException("PLAIN over SASL_PLAINTEXT shows the password to all who listen; take SCRAM, or SASL_SSL");
        }
    }

    /// Of a broker on this machine. SCRAM never sends the password, and a client notices a server that does not know it: a stranger
    /// that takes the port of a broker that is down learns nothing and is given nothing.
    public static LogCredentials local(String username, String password) {
        return new LogCredentials(username, password, SCRAM_512, NO_TLS);
    }

    /// @throws IOException when the file cannot be read or used; the message names the file and what to do
    public static LogCredentials read(Path file) throws IOException {
        try {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            if (!KEYS.containsAll(properties.keySet())) {
                throw new IllegalArgumentException("it knows username, password, mechanism and protocol");
            }
            return new LogCredentials(properties.getProperty("username"), properties.getProperty("password"),
                    properties.getProperty("mechanism", SCRAM_512), properties.getProperty("protocol", TLS));
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IOException("The credentials for Kafka in " + file + " cannot be used (" + unusable.getMessage()
                    + "). The local stack writes them; elsewhere, set KAFKA_CREDENTIALS_FILE to such a file,"
                    + " or to nothing where the brokers ask for none.", unusable);
        }
    }

    /// The text of a file from which [#read] gives these.
    public String text() {
        return "username=%s\npassword=%s\nmechanism=%s\nprotocol=%s\n".formatted(escaped(username), escaped(password), mechanism, protocol);
    }

    /// As Kafka's own settings say it, of clients and brokers alike.
    public String jaasConfig() {
        var module = mechanism.equals(PLAIN) ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return "org.apache.kafka.common.security.%s required username=%s password=%s;"
                .formatted(module, quoted(username), quoted(password));
    }

    Map<String, Object> clientSettings() {
        return Map.of("security.protocol", protocol, "sasl.mechanism", mechanism, "sasl.jaas.config", jaasConfig());
    }

    private static boolean isWord(String text) {
        return text != null && !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replaceFirst("^ ", "\\\\ ");
    }

    /// Without the password.
    @Override
    public String toString() {
        return "LogCredentials[username=%s, mechanism=%s, protocol=%s]".formatted(username, mechanism, protocol);
    }
}
