package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private final Budget budget = new Budget(100);

    @Test void allSharesTogetherKeepTheLimit() {
        budget.open().grow(60);
        budget.open().grow(40);
        var refusal = catchThrowableOfType(Refusal.class, () -> budget.open().grow(1));
        assertThat(refusal.problem()).extracting("code", "status").containsExactly("log-busy", 503);
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test void aRefusedShareKeepsWhatItHadAndGivesItBackOnce() {
        var share = budget.open();
        share.grow(60);
        catchThrowableOfType(Refusal.class, () -> share.grow(50));
        assertThat(budget.used()).isEqualTo(60);
        share.close();
        share.close();
        assertThat(budget.used()).isZero();
    }
}
