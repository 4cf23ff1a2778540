package io.throughline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    @Test
    void oneRoundThatWentWrongDoesNotMoveTheFigure() {
        var measured = measured(List.of(900.0, 4_000.0, 1_000.0), List.of(2_000.0, 1_900.0, 12.0), new Goal.PartOfBare(0.5));

        assertThat(measured.figure()).isEqualTo(1_000);
        assertThat(measured.ratio()).hasValue(1_000.0 / 1_900);
        assertThat(measured.reached()).contains(true);
    }

    @Test
    void ofTwoRoundsTheFigureLiesBetween() {
        assertThat(measured(List.of(10.0, 30.0), List.of(), new Goal.AtMost(20)).figure()).isEqualTo(20);
    }

    @Test
    void aDelayIsReachedByStayingBelow() {
        assertThat(measured(List.of(99.0), List.of(), new Goal.AtMost(100)).reached()).contains(true);
        assertThat(measured(List.of(101.0), List.of(), new Goal.AtMost(100)).reached()).contains(false);
    }

    @Test
    void whatWasNotSeenIsNoFigure() {
        assertThat(measured(List.of(), List.of(), new Goal.AtMost(100)).reached()).contains(false);
    }

    @Test
    void percentilesOfAHundredAndOneValuesAreThoseValues() {
        var values = new double[101];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        assertThat(Measured.percentile(values, 0.99)).isEqualTo(99);
        assertThat(Measured.percentile(values, 0.5)).isEqualTo(50);
    }

    private static Measured measured(List<Double> ours, List<Double> bare, Goal goal) {
        return new Measured("it", "events/s", ours, bare, Optional.of(goal), new LinkedHashMap<>());
    }
}
