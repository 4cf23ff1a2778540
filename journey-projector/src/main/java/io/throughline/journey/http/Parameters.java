package io.throughline.journey.http;

import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query parameters of one request. Whatever is wrong is refused by name; an unknown one too, because a filter that is
/// silently ignored gives a wrong answer.
final class Parameters {

    static final int MAX_LIMIT = 500;
    static final int DEFAULT_LIMIT = 100;

    private final UriInfo uri;

    private Parameters(UriInfo uri) {
        this.uri = uri;
    }

    /// @throws Refusal when there is a parameter beside `known`
    static Parameters of(UriInfo uri, String... known) {
        var unknown = new TreeSet<>(uri.getQueryParameters().keySet());
        Arrays.asList(known).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw invalid("There is no parameter " + plain(unknown.first()) + " here; there are: " + String.join(", ", known) + ".");
        }
        return new Parameters(uri);
    }

    @Nullable String text(String name) {
        var value = uri.getQueryParameters().getFirst(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String required(String name) {
        var value = text(name);
        if (value == null) {
            throw invalid("The parameter " + name + " is required.");
        }
        return value;
    }

    @Nullable Instant time(String name) {
        return parsed(name, text -> OffsetDateTime.parse(text.replace(' ', '+')).toInstant(), "a time with an offset, as in 2026-03-02T18:12:00Z");
    }

    @Nullable Token token(String name) {
        return parsed(name, Token::parse, "a person's token of 32 hexadecimal digits");
    }

    int limit() {
        var limit = parsed("limit", Integer::parseInt, "a number from 1 to " + MAX_LIMIT);
        if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
            throw invalid("limit must be a number from 1 to " + MAX_LIMIT + ".");
        }
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    <T> @Nullable T parsed(String name, Function<String, T> parser, String expected) {
        var text = text(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException _) {
            throw invalid(name + " must be " + expected + ".");
        }
    }

    @Nullable String oneOf(String name, Set<String> words) {
        var text = text(name);
        if (text != null && !words.contains(text)) {
            throw invalid(name + " must be one of: " + words.stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        return text;
    }

    static Refusal invalid(String detail) {
        return new Refusal(ErrorCode.INVALID_PARAMETER, detail);
    }

    private static String plain(String name) {
        return name.matches("[A-Za-z0-9_.-]{1,40}") ? name : "of that name";
    }
}
