package io.throughline.journey.rule;

import static io.throughline.journey.rule.NearestMiss.Kind.CONDITION;
import static io.throughline.journey.rule.NearestMiss.Kind.ORDER;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Comparison.Unmet;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import io.throughline.journey.rule.cel.ValueExpression;
import io.throughline.journey.rule.value.Correlation;
import io.throughline.journey.rule.value.ExactJson;
import io.throughline.journey.rule.value.NormalisedValue;
import io.throughline.journey.rule.work.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Which events could matter to an activation, and what each of them fails.
///
/// It decides no verdict. An event that fails nothing here and yet was left out by the evaluator came when the matter was settled.
///
/// @param comparisons one for each selector whose events could matter
/// @param further what the pattern asks beside
/// @param settled why an event that fails nothing may still not count
/// @param meter what it costs
record Candidacy(List<Comparison> comparisons, Function<Touchpoint, List<Failed>> further, Failed settled, Meter meter) {

    private static final Failed TOO_LATE_TO_MATTER = new Failed(ORDER, "the matter was settled before it came");

    private static final Failed ANOTHER_TYPE = new Failed(Kind.TYPE, "of another type");

    private static final Function<Touchpoint, List<Failed>> NOTHING = _ -> List.of();

    static Candidacy of(Activation activation, Touchpoint event, Meter meter) {
        var rule = activation.rule();
        return switch (rule.pattern()) {
            case Response response -> of(response, activation, event, meter);
            case Precedence precedence -> of(precedence, rule, event, meter);
            case Chain chain -> of(chain, activation, event, meter);
            case Counting counting -> anywhere(meter, TOO_LATE_TO_MATTER,
                    Comparison.until(activation.deadline(), alike(counting.counted(), counting.by()), event));
            case CoExistence either -> of(either, activation, event, meter);
            case Init init -> new Candidacy(List.of(Comparison.until(null, alike(init.expect(), Correlation.NONE), event)),
                    candidate -> candidate.compareTo(event) == 0 ? List.of() : List.of(new Failed(ORDER, "not the first event of the journey")),
                    TOO_LATE_TO_MATTER, meter);
            case Propagation use -> of(use, rule, event, meter);
            case Contradiction statement -> of(statement, rule, event, meter);
            case Repetition repetition -> anywhere(meter, new Failed(Kind.TIME, "outside the window of this run"),
                    Comparison.until(null, alike(repetition.when(), repetition.by()), event));
            case Conformance design -> anywhere(meter, new Failed(ORDER, "repeats a stage, or came when the matter was settled"), design.stages().stream()
                    .map(stage -> Comparison.until(null, alike(stage.event(), design.by()), event)).toArray(Comparison[]::new));
        };
    }

    private static Candidacy anywhere(Meter meter, Failed settled, Comparison... comparisons) {
        return new Candidacy(List.of(comparisons), NOTHING, settled, meter);
    }

    private static Pairing alike(Selector selector, Correlation by) {
        return new Pairing(selector, selector, by, null);
    }

    private static Candidacy of(Response response, Activation activation, Touchpoint event, Meter meter) {
        var pairing = response.pairing();
        var comparisons = response.answers().stream().map(answer -> new Pairing(pairing.when(), answer, pairing.by(), pairing.where()))
                .map(answer -> response.comparison(answer, event, activation.deadline(), activation.rule().zone())).toList();
        return new Candidacy(comparisons, NOTHING, TOO_LATE_TO_MATTER, meter);
    }

    private static Candidacy of(Precedence precedence, Rule rule, Touchpoint event, Meter meter) {
        var settled = precedence.kind() == Precedence.Kind.ALTERNATE ? "another activation, or a later one that counts, lies between" : "a later one counts";
        return anywhere(meter, new Failed(ORDER, settled), Comparison.before(precedence.pairing(), event, precedence.within(), rule.zone()));
    }

    private static Candidacy of(Chain chain, Activation activation, Touchpoint event, Meter meter) {
        var comparison = chain.looksBack()
                ? Comparison.before(chain.pairing(), event, null, activation.rule().zone())
                : Comparison.after(chain.pairing(), event, activation.deadline());
        return anywhere(meter, new Failed(ORDER, "another event lies between"), comparison);
    }

    private static Candidacy of(CoExistence either, Activation activation, Touchpoint event, Meter meter) {
        var pairing = either.pairing();
        var comparisons = new ArrayList<Comparison>(2);
        if (pairing.when().names(event.type()) && pairing.when().selects(event, meter)) {
            comparisons.add(Comparison.until(activation.deadline(), pairing, event));
        }
        if (pairing.expect().names(event.type()) && pairing.expect().selects(event, meter)) {
            comparisons.add(Comparison.swappedUntil(activation.deadline(), pairing, event));
        }
        return new Candidacy(comparisons, NOTHING, TOO_LATE_TO_MATTER, meter);
    }

    private static Candidacy of(Propagation use, Rule rule, Touchpoint event, Meter meter) {
        var used = NormalisedValue.of(use.value().of(event, meter));
        var pairing = new Pairing(use.when(), use.fact().set(), use.fact().key(), null);
        return new Candidacy(List.of(Comparison.before(pairing, event, null, rule.zone())), setting -> {
            var value = NormalisedValue.of(use.fact().value().of(setting, meter));
            if (value.isEmpty()) {
                return List.of(new Failed(CONDITION, Words.ofReason(use.fact().value().reason(setting), false)));
            }
            return used.equals(value) ? List.of() : List.of(new Failed(CONDITION, "sets another value than the use carries"));
        }, new Failed(ORDER, "another setting took its place"), meter);
    }

    private static Candidacy of(Contradiction statement, Rule rule, Touchpoint event, Meter meter) {
        var value = NormalisedValue.of(statement.value().of(event, meter));
        var across = statement.across().of(event, meter);
        return new Candidacy(List.of(Comparison.before(statement.pairing(), event, statement.within(), rule.zone())), earlier -> {
            var failed = new ArrayList<Failed>(2);
            var said = NormalisedValue.of(statement.value().of(earlier, meter));
            if (said.isEmpty()) {
                failed.add(new Failed(CONDITION, Words.ofReason(statement.value().reason(earlier), false)));
            } else if (said.equals(value)) {
                failed.add(same(statement.value(), "it states the same"));
            }
            var from = statement.across().of(earlier, meter);
            if (ExactJson.isMissing(from)) {
                failed.add(new Failed(CONDITION, Words.ofReason(statement.across().reason(earlier), false)));
            } else if (!ExactJson.isMissing(across) && ExactJson.key(across).equals(ExactJson.key(from))) {
                failed.add(same(statement.across(), "it does not differ in what the rule compares across"));
            }
            return failed;
        }, new Failed(ORDER, "later ones say enough"), meter);
    }

    /// @param words where it is more than a field
    private static Failed same(ValueExpression value, String words) {
        return value.words().map(field -> new Failed(CONDITION, field + " is the same")).orElseGet(() -> new Failed(CONDITION, words, value.toString()));
    }

    /// Whether events of `type` could matter.
    boolean concerns(String type) {
        return comparisons.stream().anyMatch(comparison -> comparison.names(type));
    }

    /// What `candidate` fails by the comparison in which it fails least.
    List<Failed> failures(Touchpoint candidate) {
        var failures = new ArrayList<Failed>();
        comparisons.stream().filter(comparison -> comparison.names(candidate.type())).map(comparison -> comparison.unmetBy(candidate, meter))
                .min(Comparator.comparingInt(List::size))
                .ifPresentOrElse(unmet -> unmet.stream().map(Unmet::told).forEach(failures::add), () -> failures.add(ANOTHER_TYPE));
        failures.addAll(further.apply(candidate));
        return failures;
    }

    /// How far from the activation it is.
    Duration distance(Touchpoint candidate) {
        return comparisons.getFirst().distance(candidate);
    }
}
