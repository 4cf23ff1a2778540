package io.throughline.deploy.stack;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The lines of the supervisor's log, in the form of all processes of a stack: time in UTC, level, logger, message.
public final class LogLines extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Makes all that this process logs look so.
    public static void use() {
        for (var handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new LogLines());
        }
    }

    @Override
    public String format(LogRecord record) {
        return "%s %-5s %s %s%n%s".formatted(TIME.format(record.getInstant()), level(record.getLevel()), logger(record.getLoggerName()), formatMessage(record), trace(record.getThrown()));
    }

    private static String level(Level level) {
        return level.intValue() >= Level.SEVERE.intValue() ? "ERROR" : level.intValue() >= Level.WARNING.intValue() ? "WARN"
                : level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String logger(String name) {
        return name == null || name.isEmpty() ? "-" : name.substring(name.lastIndexOf('.') + 1);
    }

    private static String trace(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
