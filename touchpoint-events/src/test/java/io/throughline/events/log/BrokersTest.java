package io.throughline.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokersTest {
    private static final Map<String, Object> OWN = Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);

    @TempDir
    Path folder;

    @Test
    void brokersThatAskForNothingAreToldNothing() {
        assertThat(Brokers.of("a:1", Optional.empty()).client(Map.of("acks", "all")))
                .isEqualTo(Map.of("acks", "all", "bootstrap.servers", "a:1"));
    }

    /// Kafka's own reading of the settings gives back what the file said, whatever characters a password has.
    @ParameterizedTest
    @ValueSource(strings = {"tl_-aZ9", "back\\slash", "\"quoted\"", "a;b=c #d", " led by a blank", "ümläut", "ends\\"})
    void kafkaReadsThePasswordOfTheFile(String password) throws IOException {
        Files.writeString(folder.resolve("c"), LogCredentials.local("someone", password).text());
        var settings = new ProducerConfig(Map.copyOf(Brokers.of("a:1", Optional.of(folder.resolve("c"))).client(OWN)));
        assertThat(settings.getString("security.protocol")).isEqualTo("SASL_PLAINTEXT");
        assertThat(settings.getString(SaslConfigs.SASL_MECHANISM)).isEqualTo("SCRAM-SHA-512");
        var entry = JaasContext.loadClientContext(settings.values()).configurationEntries().getFirst();
        assertThat(entry.getControlFlag()).isEqualTo(AppConfigurationEntry.LoginModuleControlFlag.REQUIRED);
        assertThat(entry.getOptions()).isEqualTo(Map.of("username", "someone", "password", password));
    }

    @Test
    void twoLinesAreEnoughForServersOfOnesOwn() throws IOException {
        Files.writeString(folder.resolve("c"), "username=me\npassword=secret\n");
        assertThat(LogCredentials.read(folder.resolve("c"))).isEqualTo(new LogCredentials("me", "secret", "SCRAM-SHA-512", "SASL_SSL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "username=me", "password=hush", "username=me\npassword=hush\nmechanism=GSSAPI",
            "username=me\npassword=hush\nprotocol=SSL",
            "username=me\npassword=hush\nmechanism=PLAIN\nprotocol=SASL_PLAINTEXT", "username=me\npassword=hush\nuser=x",
            "username=me\npassword=hu\\u0000sh"})
    void whatCannotBeUsedIsRefusedWithTheFileAndWithoutThePassword(String text) throws IOException {
        Files.writeString(folder.resolve("c"), text);
        assertThatThrownBy(() -> Brokers.of("a:1", Optional.of(folder.resolve("c")))).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.resolve("c").toString())
                .hasMessageContaining("KAFKA_CREDENTIALS_FILE").hasMessageNotContaining("hush");
    }

    @Test
    void noPasswordIsInWhatALogMaySay() {
        var brokers = new Brokers("a:1", Optional.of(LogCredentials.local("me", "hush")));
        assertThat(brokers).asString().doesNotContain("hush");
        assertThat(brokers.credentials()).asString().doesNotContain("hush");
        assertThat(new ProducerConfig(Map.copyOf(brokers.client(OWN))).values().get(SaslConfigs.SASL_JAAS_CONFIG))
                .isInstanceOf(Password.class);
    }
}
