package io.throughline.journey.rule.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.Money;
import io.throughline.events.Rfc3339;
import io.throughline.events.json.CanonicalJson;
import io.throughline.journey.rule.Ending;
import io.throughline.journey.rule.Explanation;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Severity;
import io.throughline.journey.rule.time.BusinessCalendar;
import io.throughline.journey.rule.work.Exhausted;
import io.throughline.journey.rule.work.Meter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one rule, and runs its examples.
final class RuleReader {

    static final int MAX_TEXT = 1_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_VERSION = 1_000_000;
    private static final Set<String> FIELDS =
            Set.of("id", "version", "activeFrom", "title", "severity", "stage", "zone", "pattern", "closes", "idle", "cost", "owner", "explain", "examples");

    private final Element root;
    private final Parts parts;
    private final int faultsBefore;

    private RuleReader(Element root, Map<String, BusinessCalendar> calendars) {
        this.root = root;
        this.parts = new Parts(root.at("zone").isPresent(), calendars);
        this.faultsBefore = root.faults().count();
    }

    /// The rule, or empty where anything is wrong with it or an example fails; the faults are noted with the document.
    ///
    /// @param reading how far to look into it
    static Optional<WrittenRule> read(String file, Element root, Calendars calendars, Reading reading) {
        var reader = new RuleReader(root, calendars.byName());
        var rule = reader.rule();
        int warned = root.faults().warnings().size();
        var outcomes = rule != null && reading instanceof Reading.New fresh ? reader.look(rule, fresh) : List.<ExampleOutcome>of();
        if (rule == null || reader.isFaulty()) {
            return Optional.empty();
        }
        ObjectNode document = root.node().deepCopy();
        document.remove("version");
        var warnings = root.faults().warnings();
        var calendar = calendars.document(root.at("within").at("calendar").node().asText());
        return Optional.of(new WrittenRule(rule, document, calendar.stream().toList(), file, root.line(), outcomes, warnings.subList(warned, warnings.size())));
    }

    /// Runs the examples, and notes doubts where they come out right.
    private List<ExampleOutcome> look(Rule rule, Reading.New reading) {
        var examples = root.at("examples");
        try {
            var outcomes = Examples.run(examples, rule, reading.work());
            if (!isFaulty()) {
                new Doubts(root, parts, reading.isSent(), reading.work()).note(rule);
            }
            return outcomes;
        } catch (Exhausted exhausted) {
            examples.fault("take " + exhausted.getMessage() + " to run, with those of the rules before it: give fewer or shorter ones");
            return List.of();
        }
    }

    /// How far to look into a rule.
    sealed interface Reading {

        /// What a person wrote: its examples are run, its doubtful parts noted.
        ///
        /// @param isSent whether events of a type, or of a family, are to be expected
        /// @param work that examples may take, of all rules that are read together
        record New(Predicate<String> isSent, Meter work) implements Reading {}

        /// What was accepted before.
        record Recorded() implements Reading {}
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
        if (explanation == null && title != null) {
            explanation = root.at("title").parsed(MAX_TEXT, Explanation::parse); // it is what is told, and its faults are the author's
        }
        var cost = cost(root.at("cost"));
        var owner = root.at("owner").text(MAX_NAME);
        var version = root.at("version").whole(1, MAX_VERSION);
        var activeFrom = root.at("activeFrom").parsed(64, RuleReader::moment);
        var pattern = PatternForm.read(root, parts, FIELDS);
        var ending = ending();
        if (id == null || pattern == null || isFaulty()) {
            return null;
        }
        return new Rule(id, version == null ? 1 : version, title == null ? id : title, severity == null ? Severity.MEDIUM : severity, stage,
                zone == null ? ZoneOffset.UTC : zone, pattern, ending, explanation == null ? Explanation.parse(id) : explanation,
                cost, owner, activeFrom, content());
    }

    private Ending ending() {
        return new Ending(parts.optionalSelector(root.at("closes")), parts.calendarSpan(root.at("idle")));
    }

    static String slug(String text) {
        if (!text.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("must be lower-case words joined by hyphens, as in account-servicing");
        }
        return text;
    }

    static Instant moment(String text) {
        try {
            return Rfc3339.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("must be a time with an offset, as in 2026-04-01T00:00:00Z");
        }
    }

    private static Severity severity(String text) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be one of " + Arrays.stream(Severity.values()).map(Severity::wire).collect(Collectors.joining(", "))));
    }

    private static @Nullable Money cost(Element cost) {
        if (!cost.isPresent()) {
            return null;
        }
        cost.permits(Set.of("amount", "currency"));
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

    /// With the calendar that it names: another holiday moves deadlines.
    private String content() {
        ObjectNode content = root.node().deepCopy();
        content.remove("examples");
        var calendar = parts.calendars().get(root.at("within").at("calendar").node().asText());
        if (calendar != null) {
            content.withObject("within").put("calendar", calendar.toString());
        }
        return CanonicalJson.text(content);
    }
}
