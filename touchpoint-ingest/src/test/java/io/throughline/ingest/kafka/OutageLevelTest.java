package io.throughline.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;

class OutageLevelTest {

    private final OutageLevel level = new OutageLevel(0);

    @Test void whatIsNotThereYetAtAFirstStartIsNoWarning() {
        assertThat(level.out("no broker", seconds(1))).contains(Level.INFO);
        assertThat(level.out("no broker", seconds(2))).isEmpty();
        assertThat(level.out("no topic", seconds(3))).contains(Level.INFO);
    }

    @Test void aStartThatTakesTooLongIsOneEvenIfNothingChanges() {
        assertThat(level.out("no broker", seconds(1))).contains(Level.INFO);
        assertThat(level.out("no broker", seconds(61))).contains(Level.WARN);
        assertThat(level.out("no broker", seconds(62))).isEmpty();
    }

    @Test void whatWasThereAndIsGoneIsOneAtOnceEachTime() {
        level.out("no topic", seconds(1));
        level.over();
        assertThat(level.out("no broker", seconds(2))).contains(Level.WARN);
        level.over();
        assertThat(level.out("no broker", seconds(3))).contains(Level.WARN);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
