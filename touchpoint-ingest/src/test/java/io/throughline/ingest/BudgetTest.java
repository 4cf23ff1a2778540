package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private final Budget budget = new Budget(100);

    @Test void allSharesTogetherKeepTheLimit() {
        budget.open("a").grow(50);
        budget.open("b").grow(50);
        var refusal = catchThrowableOfType(Refusal.class, () -> budget.open("c").grow(1));
        assertThat(refusal.problem()).extracting("code", "status").containsExactly("log-busy", 503);
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test void oneCallerHoldsHalfAtMostAndLeavesTheRestToOthers() {
        budget.open("a").grow(30);
        var second = budget.open("a");
        second.grow(20);
        var refusal = catchThrowableOfType(Refusal.class, () -> budget.open("a").grow(1));
        assertThat(refusal.problem()).extracting("code", "status").containsExactly("caller-busy", 503);
        assertThat(refusal.problem().detail()).contains("The key a ");
        budget.open("b").grow(50);
        second.close();
        budget.open("a").grow(20);
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test void aRefusedShareKeepsWhatItHadAndGivesItBackOnce() {
        var share = budget.open("a");
        share.grow(40);
        catchThrowableOfType(Refusal.class, () -> share.grow(50));
        assertThat(budget.used()).isEqualTo(40);
        share.close();
        share.close();
        assertThat(budget.used()).isZero();
    }
}
