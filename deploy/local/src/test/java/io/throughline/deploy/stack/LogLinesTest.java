package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final Path HOME = Path.of("").toAbsolutePath().getParent().getParent();

    @Test
    void aLineIsTimeLevelLoggerAndMessage() {
        var record = new LogRecord(Level.WARNING, "{0} ended");
        record.setParameters(new Object[] {"kafka"});
        record.setLoggerName("io.throughline.deploy.stack.Supervised");
        record.setInstant(Instant.parse("2026-03-02T18:12:00Z"));
        assertThat(new LogLines().format(record)).isEqualTo("2026-03-02T18:12:00.000Z WARN  Supervised kafka ended\n");
        record.setThrown(new IllegalStateException("gone"));
        assertThat(new LogLines().format(record).lines().toList().get(1)).isEqualTo("java.lang.IllegalStateException: gone");
    }

    /// One pattern for all processes, in the syntax of each logging library.
    @Test
    void allProcessesWriteOneForm() throws IOException {
        for (var service : List.of("touchpoint-ingest", "journey-projector")) {
            var settings = new Properties();
            try (var in = Files.newBufferedReader(HOME.resolve(service).resolve("src/main/resources/application.properties"))) {
                settings.load(in);
            }
            assertThat(settings.getProperty("quarkus.log.console.format")).isEqualTo("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %c{1} %s%e%n");
        }
        assertThat(Files.readString(HOME.resolve("deploy/broker/log4j2.xml"))).contains("pattern=\"%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %c{1} %m%n\"");
    }
}
