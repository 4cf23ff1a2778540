package io.throughline.journey.rule.naive;

import io.throughline.journey.rule.Rulebook;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where checker and evaluator do not say the same of one case.
record Difference(Case of, List<Judgement> checker, List<Judgement> evaluator) {

    static Optional<Difference> in(Case of) {
        return in(Evaluated.rulebook(of.rule()), of);
    }

    static Optional<Difference> in(Rulebook rulebook, Case of) {
        var checker = inOrder(Checker.judge(of));
        var evaluator = inOrder(Evaluated.judge(rulebook, of));
        return agree(checker, evaluator) ? Optional.empty() : Optional.of(new Difference(of, checker, evaluator));
    }

    private static List<Judgement> inOrder(List<Judgement> judgements) {
        return judgements.stream().sorted(Comparator.comparing(Judgement::activation)).toList();
    }

    private static boolean agree(List<Judgement> checker, List<Judgement> evaluator) {
        boolean agree = checker.size() == evaluator.size();
        for (int i = 0; agree && i < checker.size(); i++) {
            agree = agree(checker.get(i), evaluator.get(i));
        }
        return agree;
    }

    /// The evaluator's evidence names the activation too; and where RULES.md does not fix any, the checker has none.
    private static boolean agree(Judgement checker, Judgement evaluator) {
        return checker.equals(new Judgement(evaluator.activation(), evaluator.verdict(), evaluator.deadline(), evaluator.metAt(), checker.evidence()))
                && (checker.evidence() == null || checker.verdict() != evaluator.verdict() || withActivation(checker).equals(Set.copyOf(evaluator.evidence())));
    }

    private static Set<String> withActivation(Judgement judgement) {
        var evidence = new LinkedHashSet<>(judgement.evidence());
        evidence.add(judgement.activation());
        return evidence;
    }

    @Override
    public String toString() {
        return CaseText.write(of) + "\n# checker:   " + checker + "\n# evaluator: " + evaluator;
    }
}
