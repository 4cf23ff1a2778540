package io.throughline.journey.rule;

import static io.throughline.journey.rule.Journeys.LONG_AFTER;
import static io.throughline.journey.rule.Journeys.rulebook;
import static io.throughline.journey.rule.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.rule.work.Limits;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// What a rule says of a journey on which it costs more than a rule may.
class BudgetTest {

    private static final Rulebook FUSSY =
            rulebook("{ id: r, pattern: response, when: { type: a }, expect: { type: b }, where: this.data.n == other.data.n }");

    @Test
    void whatIsOpenWhenTheWorkIsUsedUpIsNotKnownAndSaysSo() {
        var activations = new ArrayList<Activation>();
        var evaluation = FUSSY.begin(Instant.parse(LONG_AFTER), Watermarks.none(), activations::add, Limits.ofWork(1_000));
        for (int i = 0; i < 300; i++) {
            var type = i < 150 ? "a" : "b";
            evaluation.accept(Event.event(Instant.ofEpochSecond(i).toString(), type, "{'n': '" + type + "'}").touchpoint());
        }
        var outcome = evaluation.finish();
        var note = "budget: more than 1000 units of work; later events were not looked at";
        assertThat(activations).hasSize(151).allSatisfy(activation -> {
            assertThat(activation.verdict()).isEqualTo(UNDETERMINED);
            assertThat(activation.notes()).containsExactly(note);
        });
        assertThat(activations.getLast().events().getFirst().id()).startsWith("b@");
        assertThat(activations).extracting(Activation::id).doesNotHaveDuplicates();
        assertThat(outcome.overruns()).containsExactly(new Overrun("r", 1, "more than 1000 units of work"));
        assertThat(evaluation.held()).isZero();
    }
}
