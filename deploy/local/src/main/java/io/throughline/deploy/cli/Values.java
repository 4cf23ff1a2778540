package io.throughline.deploy.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What a person types for an option, read or refused with an example of what is meant.
final class Values {
    private static final int MOST = 1_000_000_000;
    private static final int LAST_PORT = 65_535;

    private Values() {}

    private static int whole(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new TypeConversionException("\"%s\" is not a whole number from %d to %,d".formatted(Printable.of(text), least, most));
    }

    /// From 1.
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return whole(text, 1, MOST);
        }
    }

    /// From 0.
    static final class CountOrNone implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return whole(text, 0, MOST);
        }
    }

    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException _) {
                throw new TypeConversionException("\"%s\" is not a whole number".formatted(Printable.of(text)));
            }
        }
    }

    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return whole(text, 1, LAST_PORT);
        }
    }

    static final class Zone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException _) {
                throw new TypeConversionException("There is no time zone \"%s\". Write for example Europe/London, UTC or +01:00".formatted(Printable.of(text)));
            }
        }
    }

    static final class Origin implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (isOrigin(text)) {
                return text;
            }
            throw new TypeConversionException("\"%s\" is no address of a Throughline. Write for example http://localhost:8080".formatted(Printable.of(text)));
        }

        static boolean isOrigin(String text) {
            try {
                var uri = new URI(text);
                return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null && uri.getPort() <= LAST_PORT;
            } catch (URISyntaxException _) {
                return false;
            }
        }
    }

    static final class Time implements ITypeConverter<Moment> {
        @Override
        public Moment convert(String text) {
            return Moment.of(text).orElseThrow(() -> new TypeConversionException(
                    "\"%s\" is no time. Write for example 2026-03-01T09:30:00Z, or 2026-03-01T09:30 or 2026-03-01 in the zone of what is shown"
                            .formatted(Printable.of(text))));
        }
    }
}
