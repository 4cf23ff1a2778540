package io.throughline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    private static final String URL = "postgresql://throughline@db:5433/journeys";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tl_abc-_", "with space", "a+b", "a@b:c/d?e#f%20g", "pässwörd€"})
    void theClientTakesThePasswordAsItStandsInTheFile(String password) throws IOException {
        var options = PgConnectOptions.fromUri(DatabaseUrl.withPassword(URL, Optional.of(file(password + "\n"))));
        assertThat(options.getPassword()).isEqualTo(password);
        assertThat(options.getUser()).isEqualTo("throughline");
        assertThat(options.getHost()).isEqualTo("db");
        assertThat(options.getPort()).isEqualTo(5433);
        assertThat(options.getDatabase()).isEqualTo("journeys");
    }

    @Test
    void withoutAFileTheUrlStaysAsItIs() {
        assertThat(DatabaseUrl.withPassword("postgresql://a:b@c:1/d", Optional.empty())).isEqualTo("postgresql://a:b@c:1/d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://a:b@c:1/d", "postgresql://c:1/d", "c:1/d"})
    void whatHasAPasswordOrNoUserIsRefusedWithoutTellingIt(String url) throws IOException {
        var file = file("secret");
        assertThatThrownBy(() -> DatabaseUrl.withPassword(url, Optional.of(file))).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("DATABASE_URL").hasMessageNotContaining("secret");
    }

    @Test
    void anEmptyOrMissingFileIsNamed() throws IOException {
        var empty = file("");
        var missing = folder.resolve("missing");
        assertThatThrownBy(() -> DatabaseUrl.withPassword(URL, Optional.of(empty))).hasMessageContaining("empty").hasMessageContaining(empty.toString());
        assertThatThrownBy(() -> DatabaseUrl.withPassword(URL, Optional.of(missing))).hasMessageContaining("cannot be read").hasMessageContaining(missing.toString());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("password"), content);
    }
}
