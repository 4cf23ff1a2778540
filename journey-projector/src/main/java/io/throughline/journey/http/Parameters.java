package io.throughline.journey.http;

import io.throughline.events.Rfc3339;
import io.throughline.events.Text;
import io.throughline.events.Token;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query parameters of one request. Whatever is wrong is refused by name; an unknown one too, because a filter that is
/// silently ignored gives a wrong answer. Which there are is said where the route is documented, see [ParameterCheck].
final class Parameters {

    static final int MAX_LIMIT = 500;
    static final int DEFAULT_LIMIT = 100;
    static final String A_TIME = "a time with an offset, as in 2026-03-02T18:12:00Z";

    /// Longer than any identity, source, id or type; cursors carry several of them.
    private static final int MAX_TEXT = 1024;
    private static final int MAX_CURSOR = 8 * 1024;
    /// Of one list.
    private static final int MAX_VALUES = 50;
    private static final Set<String> CURSORS = Set.of("cursor", "findingsCursor");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    /// What PostgreSQL can hold, and more than any event can have: nothing lies beyond either.
    private static final Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+200000-01-01T00:00:00Z");

    private final UriInfo uri;

    private Parameters(UriInfo uri) {
        this.uri = uri;
    }

    /// Of a request that [ParameterCheck] let pass.
    static Parameters of(UriInfo uri) {
        return new Parameters(uri);
    }

    /// @param known by their names; true for those that take a list
    /// @throws Refusal when there is a parameter beside `known`, or one of them without a value, twice, or with one that is too long
    static void check(Map<String, List<String>> given, Map<String, Boolean> known) {
        refuseOthers(given, known.keySet());
        given.forEach((name, values) -> {
            if (values.size() != 1 && !known.get(name)) {
                throw invalid(name + " is given " + values.size() + " times; give it once.");
            }
            values.forEach(value -> checkValue(name, value));
        });
    }

    private static void refuseOthers(Map<String, List<String>> given, Collection<String> known) {
        given.keySet().stream().filter(name -> !known.contains(name)).sorted().findFirst().ifPresent(name -> {
            throw invalid("There is no parameter " + plain(name) + " here" + Suggestion.of(name, known) + "; "
                    + (known.isEmpty() ? "there is none." : "there are: " + String.join(", ", known) + "."));
        });
    }

    /// Of a route that answers several kinds of questions: those of one of them.
    ///
    /// @throws Refusal when there is a parameter beside these
    Parameters only(String... names) {
        refuseOthers(uri.getQueryParameters(), List.of(names));
        return this;
    }

    private static void checkValue(String name, String value) {
        if (value.isEmpty()) {
            throw invalid(name + " has no value; leave it out where anything will do.");
        }
        if (value.length() > (CURSORS.contains(name) ? MAX_CURSOR : MAX_TEXT)) {
            throw invalid(name + " is too long.");
        }
        if (!Text.isPlain(value)) {
            throw invalid(name + " holds a control character.");
        }
    }

    @Nullable String text(String name) {
        return uri.getQueryParameters().getFirst(name);
    }

    /// Any of these, in repeated parameters, or separated by commas; empty where anything will do.
    List<String> list(String name) {
        var values = uri.getQueryParameters().getOrDefault(name, List.of()).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1))).distinct().toList();
        if (values.contains("")) {
            throw invalid(name + " has an empty value in its list.");
        }
        if (values.size() > MAX_VALUES) {
            throw invalid(name + " has more than " + MAX_VALUES + " values.");
        }
        return values;
    }

    /// As [#list], of these words only.
    List<String> list(String name, Set<String> words) {
        var values = list(name);
        values.forEach(value -> requireOneOf(name, value, words));
        return values;
    }

    private static void requireOneOf(String name, String value, Set<String> words) {
        if (!words.contains(value)) {
            throw invalid(name + " must be one of: " + words.stream().sorted().collect(Collectors.joining(", ")) + Suggestion.of(value, words) + ".");
        }
    }

    String required(String name) {
        var value = text(name);
        if (value == null) {
            throw invalid("The parameter " + name + " is required.");
        }
        return value;
    }

    /// Times farther off than any event are as good as the farthest.
    @Nullable Instant time(String name) {
        return parsed(name, text -> instant(text.replace(' ', '+')), A_TIME);
    }

    /// @throws DateTimeException where the text is no time with an offset
    static Instant instant(String text) {
        return storable(Rfc3339.parse(text).toInstant());
    }

    static Instant storable(Instant time) {
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }

    @Nullable Token token(String name) {
        return parsed(name, Token::parse, "a person's token of 32 hexadecimal digits");
    }

    int limit() {
        var limit = number("limit", "a number from 1 to " + MAX_LIMIT);
        if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
            throw invalid("limit must be a number from 1 to " + MAX_LIMIT + ".");
        }
        return limit == null ? DEFAULT_LIMIT : limit.intValue();
    }

    /// A number of at most 18 digits.
    @Nullable Long number(String name, String expected) {
        return parsed(name, Parameters::digits, expected);
    }

    private static Long digits(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        return Long.valueOf(text);
    }

    /// Where the page before ended.
    <T> @Nullable T cursor(String name, Function<String, T> parser) {
        return parsed(name, parser, "the cursor of a former answer");
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
        if (text != null) {
            requireOneOf(name, text, words);
        }
        return text;
    }

    /// Words of a list, separated by commas; each once.
    <T> Set<T> several(String name, Map<String, T> words) {
        var chosen = new LinkedHashSet<T>();
        for (var word : required(name).split(",", -1)) {
            var value = words.get(word);
            if (value == null || !chosen.add(value)) {
                throw invalid(name + " must be one or several of these, each once, separated by commas: "
                        + words.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
            }
        }
        return chosen;
    }

    /// UTC where none is given. Names that are not a region's are ambiguous: `EST` is several zones.
    ZoneId zone() {
        var zone = parsed("zone", text -> {
            if (!text.equals("UTC") && !(text.contains("/") && ZoneId.getAvailableZoneIds().contains(text))) {
                throw new IllegalArgumentException("not a zone");
            }
            return ZoneId.of(text);
        }, "a region of the time zone database, as in Europe/London, or UTC");
        return zone == null ? ZoneId.of("UTC") : zone;
    }

    /// Of the times in sentences, however it is named; `null` where none is given: that of the rule.
    @Nullable ZoneId zoneOfSentences() {
        return parsed("zone", text -> ZoneId.of(text.replace(' ', '+')), "a time zone, as in Europe/London, UTC or +01:00");
    }

    static Refusal invalid(String detail) {
        return new Refusal(ErrorCode.INVALID_PARAMETER, detail);
    }

    static String plain(String name) {
        return name.matches("[A-Za-z0-9_.-]{1,40}") ? name : "of such a name";
    }
}
