package io.throughline.journey.rule.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Money;
import io.throughline.events.json.CanonicalJson;
import io.throughline.journey.rule.Explanation;
import io.throughline.journey.rule.Pattern;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Severity;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one rule, and runs its examples.
final class RuleReader {

    static final int MAX_TEXT = 1_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_VERSION = 1_000_000;
    private static final Set<String> FIELDS =
            Set.of("id", "version", "title", "severity", "stage", "zone", "pattern", "cost", "explain", "examples");

    private final Element root;
    private final int faultsBefore;

    private RuleReader(Element root) {
        this.root = root;
        this.faultsBefore = root.faults().count();
    }

    /// The rule, or empty where anything is wrong with it or an example fails; the faults are noted with the document.
    static Optional<Rule> read(Element root) {
        var reader = new RuleReader(root);
        var rule = reader.rule();
        if (rule != null) {
            Examples.run(root.at("examples"), rule);
        }
        return reader.isFaulty() ? Optional.empty() : Optional.ofNullable(rule);
    }

    private boolean isFaulty() {
        return root.faults().count() > faultsBefore;
    }

    private @Nullable Rule rule() {
        var id = root.at("id").required("a name that stays, as in promise-broken").parsed(MAX_NAME, RuleReader::slug);
        var title = root.at("title").text(MAX_NAME);
        var severity = root.at("severity").parsed(MAX_NAME, RuleReader::severity);
        var stage = root.at("stage").parsed(MAX_NAME, RuleReader::slug);
        var zone = root.at("zone").parsed(MAX_NAME, ZoneId::of);
        var explanation = root.at("explain").parsed(MAX_TEXT, Explanation::parse);
        var cost = cost(root.at("cost"));
        int version = version(root.at("version"));
        var pattern = pattern();
        if (id == null || pattern == null || isFaulty()) {
            return null;
        }
        return new Rule(id, version, title == null ? id : title, severity == null ? Severity.MEDIUM : severity, stage,
                zone == null ? ZoneOffset.UTC : zone, pattern, explanation == null ? Explanation.parse(title == null ? id : title) : explanation,
                cost, content());
    }

    private @Nullable Pattern pattern() {
        var name = root.at("pattern").required("response or propagation").text(MAX_NAME);
        if (name == null) {
            return null;
        }
        var reader = new PatternReader(root, root.at("zone").isPresent());
        var fields = new HashSet<>(FIELDS);
        switch (name) {
            case "response" -> {
                fields.addAll(PatternReader.RESPONSE_FIELDS);
                root.permits(fields, PatternReader.UNSUPPORTED_FIELDS);
                return reader.response();
            }
            case "propagation" -> {
                fields.addAll(PatternReader.PROPAGATION_FIELDS);
                root.permits(fields, PatternReader.UNSUPPORTED_FIELDS);
                return reader.propagation();
            }
            default -> {
                root.at("pattern").fault("\"" + name + "\" is not supported; supported are response and propagation");
                return null;
            }
        }
    }

    private static String slug(String text) {
        if (!text.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("must be lower-case words joined by hyphens, as in account-servicing");
        }
        return text;
    }

    private static Severity severity(String text) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be one of " + Arrays.stream(Severity.values()).map(Severity::wire).collect(Collectors.joining(", "))));
    }

    private static int version(Element version) {
        if (version.isPresent() && !(version.node().canConvertToInt() && version.node().intValue() >= 1 && version.node().intValue() <= MAX_VERSION)) {
            version.fault("must be a whole number from 1 to " + MAX_VERSION);
        }
        return version.isPresent() ? version.node().intValue() : 1;
    }

    private static @Nullable Money cost(Element cost) {
        if (!cost.isPresent()) {
            return null;
        }
        cost.permits(Set.of("amount", "currency"), Set.of());
        var amount = cost.at("amount").required("a decimal, as in \"12.50\"").<String>parsedScalar(30, text -> text);
        var currency = cost.at("currency").required("a code of ISO 4217, as in GBP").text(3);
        if (amount == null || currency == null) {
            return null;
        }
        try {
            return Money.of(amount, currency);
        } catch (IllegalArgumentException refused) {
            cost.fault(refused.getMessage());
            return null;
        }
    }

    private String content() {
        ObjectNode content = root.node().deepCopy();
        content.remove("examples");
        return CanonicalJson.text(content);
    }
}
