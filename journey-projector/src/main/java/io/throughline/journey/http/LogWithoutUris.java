package io.throughline.journey.http;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/// Keeps URIs out of the log, where the platform writes them beside a failure that none of ours has answered: they may name a person.
@LoggingFilter(name = "without-uris")
public final class LogWithoutUris implements Filter {

    private static final String ERROR_HANDLER = "io.quarkus.vertx.http.runtime.QuarkusErrorHandler";

    @Override
    public boolean isLoggable(LogRecord line) {
        if (ERROR_HANDLER.equals(line.getLoggerName()) && line.getParameters() != null && line.getParameters().length > 0) {
            var parameters = line.getParameters().clone();
            parameters[0] = "(a URI)";
            line.setParameters(parameters);
        }
        return true;
    }
}
