package io.throughline.ingest.http;

import io.throughline.events.Text;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.PercentEncoding;
import io.throughline.ingest.Refusal;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The query parameters of one request, each at most once and with a value: one that was passed over in silence would give another answer
/// than was asked for.
final class Parameters {

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /// @throws Refusal `invalid-parameter` when there is any
    static void none(HttpServerRequest request) {
        of(request);
    }

    /// @throws Refusal `invalid-parameter` when there is a parameter beside `known`, or one of them twice, without a value, or not text
    static Parameters of(HttpServerRequest request, String... known) {
        var values = new HashMap<String, String>();
        var query = request.query();
        if (query != null) {
            for (var parameter : query.split("&")) {
                if (!parameter.isEmpty()) {
                    put(parameter, List.of(known), values);
                }
            }
        }
        return new Parameters(values);
    }

    private static void put(String parameter, List<String> known, Map<String, String> values) {
        int equals = parameter.indexOf('=');
        var name = decoded("The name of a parameter", equals < 0 ? parameter : parameter.substring(0, equals));
        if (!known.contains(name)) {
            throw invalid("There is no parameter " + plain(name) + " here; "
                    + (known.isEmpty() ? "there is none." : "there are: " + String.join(", ", known) + "."));
        }
        var value = equals < 0 ? "" : decoded(name, parameter.substring(equals + 1));
        if (value.isEmpty()) {
            throw invalid(name + " has no value; leave it out where anything will do.");
        }
        if (values.put(name, value) != null) {
            throw invalid(name + " is given more than once; give it once.");
        }
    }

    private static String decoded(String what, String encoded) {
        try {
            var text = PercentEncoding.decode(encoded);
            if (Text.isPlain(text)) {
                return text;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw invalid(what + " holds a malformed escape, bytes that are not UTF-8, or a control character.");
    }

    /// @param parser throws [IllegalArgumentException] for what it cannot read
    /// @param expected what must be there instead, after "must be"
    /// @return `null` where the parameter is absent
    <T> @Nullable T parsed(String name, Function<String, T> parser, String expected) {
        var text = values.get(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (IllegalArgumentException _) {
            throw invalid(name + " must be " + expected + ".");
        }
    }

    private static Refusal invalid(String detail) {
        return ErrorCode.INVALID_PARAMETER.refusal(detail);
    }

    private static String plain(String name) {
        return name.matches("[A-Za-z0-9_.-]{1,40}") ? name : "of such a name";
    }
}
