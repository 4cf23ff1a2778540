package io.throughline.deploy.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Progress of a long undertaking: on a terminal a bar below the lines, elsewhere the lines alone.
public interface Steps extends AutoCloseable {
    /// Something begins; only worth a line where there is no bar to say it.
    void begin(String what);

    /// Something is done.
    void done(String line);

    /// How far it is.
    void show(long done, long all, String doing);

    @Override
    void close();

    static Steps on(Terminal terminal) {
        return terminal.interactive() ? new Bar(terminal) : new Lines(terminal);
    }

    /// For files, pipes and logs of builds.
    record Lines(Terminal terminal) implements Steps {
        @Override
        public void begin(String what) {
            terminal.say("  " + what + " …");
        }

        @Override
        public void done(String line) {
            terminal.say("  " + line);
        }

        @Override
        public void show(long done, long all, String doing) {
            // Each step has its line.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /// For people.
    final class Bar implements Steps {
        private static final int WIDEST = 90;

        private final Terminal terminal;
        private final ProgressBar bar;

        Bar(Terminal terminal) {
            this.terminal = terminal;
            this.bar = builder(terminal, "", -1).build();
        }

        /// @param all -1 where it is not known
        static ProgressBarBuilder builder(Terminal terminal, String name, long all) {
            return new ProgressBarBuilder().setTaskName(name).setInitialMax(all).setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                    .setUpdateIntervalMillis((int) Duration.ofMillis(100).toMillis())
                    .clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), Math.min(WIDEST, terminal.columns() - 1)));
        }

        @Override
        public void begin(String what) {
            // The bar names it.
        }

        @Override
        public void done(String line) {
            // Erases the bar's line, which is drawn again below at its next update.
            terminal.err().print("\r\u001b[2K");
            terminal.say("  " + line);
        }

        @Override
        public void show(long done, long all, String doing) {
            bar.maxHint(all).stepTo(done).setExtraMessage(doing);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
