package io.throughline.journey.rule.file;

import io.throughline.journey.rule.Chain;
import io.throughline.journey.rule.Pattern;
import io.throughline.journey.rule.Precedence;
import io.throughline.journey.rule.Response;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The patterns as they are written: which fields each has, and who reads them.
///
/// @param fields beside those of every rule
record PatternForm(Set<String> fields, Function<PatternReader, @Nullable Pattern> reader) {

    private static final Map<String, PatternForm> FORMS = new LinkedHashMap<>();

    static {
        form("response", "when expect by where within until", reader -> reader.response(Response.Kind.RESPONSE));
        form("alternate-response", "when expect by where within until", reader -> reader.response(Response.Kind.ALTERNATE));
        form("chain-response", "when expect by where within among", reader -> reader.chain(Chain.Kind.RESPONSE, "expect"));
        form("precedence", "when expect by where within", reader -> reader.precedence(Precedence.Kind.PRECEDENCE, "expect"));
        form("alternate-precedence", "when expect by where", reader -> reader.precedence(Precedence.Kind.ALTERNATE, "expect"));
        form("chain-precedence", "when expect by where among", reader -> reader.chain(Chain.Kind.PRECEDENCE, "expect"));
        form("responded-existence", "when expect by where within until", PatternReader::respondedExistence);
        form("not-precedence", "when forbid by where within", reader -> reader.precedence(Precedence.Kind.NOT_PRECEDENCE, "forbid"));
        form("not-succession", "when forbid by where within until", reader -> reader.response(Response.Kind.NOT_SUCCESSION));
        form("not-chain-succession", "when forbid by where among", reader -> reader.chain(Chain.Kind.NOT_SUCCESSION, "forbid"));
        form("not-co-existence", "when forbid by where", reader -> reader.coExistence(true, "forbid"));
        form("existence", "when expect min by where within until", PatternReader::existence);
        form("absence", "forbid max by", PatternReader::absence);
        form("exactly", "expect n by within", PatternReader::exactly);
        form("co-existence", "when expect by where within", reader -> reader.coExistence(false, "expect"));
        form("init", "expect", PatternReader::init);
        form("propagation", "when fact value grace", PatternReader::propagation);
        form("contradiction", "when value across by where within", PatternReader::contradiction);
        form("repetition", "when count within by", PatternReader::repetition);
        form("abandonment", "when expect handover fail by where within until", reader -> reader.response(Response.Kind.ABANDONMENT));
        form("conformance", "stages by", PatternReader::conformance);
    }

    private static void form(String name, String fields, Function<PatternReader, @Nullable Pattern> reader) {
        FORMS.put(name, new PatternForm(Set.of(fields.split(" ")), reader));
    }

    /// @param fields of every rule
    static @Nullable Pattern read(Element rule, Parts parts, Set<String> fields) {
        var known = String.join(", ", FORMS.keySet());
        var name = rule.at("pattern").required("one of " + known).text(64);
        if (name == null) {
            return null;
        }
        var form = FORMS.get(name);
        if (form == null) {
            rule.at("pattern").fault("\"" + name + "\" is not supported; supported are " + known);
            return null;
        }
        var permitted = new HashSet<>(fields);
        permitted.addAll(form.fields());
        rule.permits(permitted);
        return form.reader().apply(new PatternReader(rule, parts));
    }
}
