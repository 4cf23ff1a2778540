package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.work.Limits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All rules that hold at one time, with an index by event type. Immutable, shared by all evaluations.
///
/// Of a rule there may be several versions: each governs what was activated from its [Rule#activeFrom] on, until the first such moment of
/// those that come after it.
public final class Rulebook {

    /// @param rule its place in the rulebook
    /// @param roles which selectors of the rule name the event's type, as bits
    record Route(int rule, int roles) {}

    /// Types come from outside, so not all are remembered.
    private static final int MAX_TYPES = 10_000;

    private final List<Rule> rules;
    /// Until when each of them governs; `null` where for good.
    private final List<@Nullable Instant> ends;
    private final List<Integer> everyJourney;
    private final boolean hasFamilies;
    /// Of the types that rules name.
    private final Map<String, List<Route>> named;
    /// Of others, where a rule names a family that they may belong to.
    private final Map<String, List<Route>> others = new ConcurrentHashMap<>();

    /// @param versions the versions of one rule in the order in which they came into force; those that govern nothing are left out
    /// @throws IllegalArgumentException where two rules share id and version
    public Rulebook(List<Rule> versions) {
        if (versions.stream().map(rule -> rule.id() + '\0' + rule.version()).distinct().count() < versions.size()) {
            throw new IllegalArgumentException("two rules share id and version");
        }
        var starts = new HashMap<String, Instant>();
        var governing = new ArrayDeque<Rule>();
        var until = new ArrayDeque<Optional<Instant>>();
        for (var rule : versions.reversed()) {
            var from = rule.activeFrom() == null ? Instant.MIN : rule.activeFrom();
            var end = starts.get(rule.id());
            if (end == null || from.isBefore(end)) {
                governing.addFirst(rule);
                until.addFirst(Optional.ofNullable(end));
                starts.put(rule.id(), from);
            }
        }
        rules = List.copyOf(governing);
        ends = until.stream().map(end -> end.orElse(null)).toList();
        everyJourney = IntStream.range(0, rules.size()).filter(i -> rules.get(i).pattern().isAboutEveryJourney()).boxed().toList();
        var types = this.rules.stream().flatMap(rule -> rule.selectors().stream()).flatMap(selector -> selector.types().stream()).toList();
        hasFamilies = types.stream().anyMatch(Selector::isFamily);
        named = types.stream().filter(type -> !Selector.isFamily(type)).distinct().collect(Collectors.toUnmodifiableMap(type -> type, this::findRoutes));
    }

    /// Those that govern, versions of one rule in their order.
    public List<Rule> rules() {
        return rules;
    }

    /// The rule in the version that came into force last.
    public Optional<Rule> rule(String id) {
        return rules.reversed().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// The rule in a version that governs some part of history.
    public Optional<Rule> rule(String id, int version) {
        return rules.stream().filter(rule -> rule.version() == version && rule.id().equals(id)).findFirst();
    }

    /// Whether the rule at this place governs what was activated at `moment`.
    boolean governs(int place, Instant moment) {
        var from = rules.get(place).activeFrom();
        var end = ends.get(place);
        return (from == null || !moment.isBefore(from)) && (end == null || moment.isBefore(end));
    }

    /// 32 hex digits that differ when any rule says something else than before, so that journeys have to be evaluated again.
    public String fingerprint() {
        var content = IntStream.range(0, rules.size())
                .mapToObj(i -> rules.get(i).id() + '\0' + rules.get(i).version() + '\0' + ends.get(i) + '\0' + rules.get(i).content())
                .sorted().collect(Collectors.joining("\n"));
        return new FindingId(Digest128.of(content)).toString();
    }

    /// Begins to evaluate one journey under all rules, in one pass.
    ///
    /// @param verdicts takes each activation as soon as its verdict is settled, the rest when the evaluation ends: those of one rule in
    ///     any order, see [Activation#place]
    /// @param asOf what occurred later does not exist
    /// @param watermarks of the sources, at the evaluation time
    /// @throws IllegalArgumentException where `asOf` lies after the evaluation time
    public Evaluation begin(Instant asOf, Watermarks watermarks, Consumer<Activation> verdicts) {
        return begin(asOf, watermarks, verdicts, Limits.OF_A_RULE);
    }

    /// As above.
    ///
    /// @param ofARule what each rule may cost
    public Evaluation begin(Instant asOf, Watermarks watermarks, Consumer<Activation> verdicts, Limits ofARule) {
        return new Evaluation(this, asOf, watermarks, verdicts, ofARule);
    }

    /// The same of a journey that is known to be small: all its verdicts are kept.
    public SmallEvaluation beginSmall(Instant asOf, Watermarks watermarks) {
        return new SmallEvaluation(this, asOf, watermarks);
    }

    /// How many conditions the rules test, and how many of them run as plain Java rather than in the interpreter of CEL.
    public ConditionCount conditions() {
        var all = rules.stream().flatMap(Rule::conditions).toList();
        return new ConditionCount(all.size(), (int) all.stream().filter(Condition::isPlain).count());
    }

    /// @param plain those that compare fields and literals only, at about a twentieth of the interpreter's time
    public record ConditionCount(int all, int plain) {}

    /// The rules, by their places, that say something of every journey.
    List<Integer> everyJourney() {
        return everyJourney;
    }

    /// The rules that look at events of `type`: for most types none, found by one look into a table.
    List<Route> routes(String type) {
        var known = named.get(type);
        if (known != null || !hasFamilies) {
            return known == null ? List.of() : known;
        }
        var seen = others.get(type);
        if (seen != null) {
            return seen;
        }
        var found = findRoutes(type);
        if (others.size() < MAX_TYPES) {
            others.put(type, found);
        }
        return found;
    }

    private List<Route> findRoutes(String type) {
        var routes = new ArrayList<Route>();
        for (int i = 0; i < rules.size(); i++) {
            var selectors = rules.get(i).selectors();
            int roles = 0;
            for (int bit = 0; bit < selectors.size(); bit++) {
                roles |= selectors.get(bit).names(type) ? 1 << bit : 0;
            }
            if (roles != 0) {
                routes.add(new Route(i, roles));
            }
        }
        return List.copyOf(routes);
    }
}
