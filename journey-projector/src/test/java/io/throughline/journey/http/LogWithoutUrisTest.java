package io.throughline.journey.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.QuarkusErrorHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogWithoutUrisTest {

    @Test
    void theUriOfAFailedRequestIsNotLogged() {
        var line = line(QuarkusErrorHandler.class.getName(), "/v1/journeys?identity=customer:ada", "id-1");
        assertThat(new LogWithoutUris().isLoggable(line)).isTrue();
        assertThat(line.getParameters()).containsExactly("(a URI)", "id-1");
    }

    @Test
    void otherLinesStayAsTheyAre() {
        var line = line("io.throughline.journey.http.Problems", "a", "b");
        assertThat(new LogWithoutUris().isLoggable(line)).isTrue();
        assertThat(line.getParameters()).containsExactly("a", "b");
    }

    private static LogRecord line(String logger, Object... parameters) {
        var line = new LogRecord(Level.SEVERE, "HTTP Request to %s failed, error id: %s");
        line.setLoggerName(logger);
        line.setParameters(parameters);
        return line;
    }
}
