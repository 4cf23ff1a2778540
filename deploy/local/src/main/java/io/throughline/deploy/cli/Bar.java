package io.throughline.deploy.cli;

import java.time.Duration;
import java.util.Locale;

/// One line at the foot of a terminal, drawn over itself a few times a second: how much is done, of how much, of what, and for how long.
final class Bar implements Steps {
    private static final int WIDTH = 20;
    private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();
    private static final String ERASED = "\r\u001b[2K";

    private final Terminal terminal;
    private final long begun = System.nanoTime();
    private long drawn;

    Bar(Terminal terminal) {
        this.terminal = terminal;
        this.drawn = begun - INTERVAL_NANOS;
    }

    @Override
    public void begin(String what) {
        draw("  " + what + " …");
    }

    @Override
    public synchronized void done(String line) {
        terminal.err().print(ERASED);
        terminal.say("  " + line);
        drawn = System.nanoTime() - INTERVAL_NANOS;
    }

    @Override
    public synchronized void show(long done, long all, String doing) {
        if (System.nanoTime() - drawn >= INTERVAL_NANOS) {
            draw(line(done, all, doing, Duration.ofNanos(System.nanoTime() - begun)));
        }
    }

    private synchronized void draw(String line) {
        drawn = System.nanoTime();
        terminal.err().print(ERASED + Table.cut(line, terminal.columns() - 1));
        terminal.err().flush();
    }

    /// @param all 0 or less where it is not known; then nothing pretends to know
    static String line(long done, long all, String doing, Duration elapsed) {
        var line = new StringBuilder("  ");
        if (all > 0) {
            int filled = (int) (Math.min(done, all) * WIDTH / all);
            line.append('[').repeat("#", filled).repeat(".", WIDTH - filled).append("] ");
        }
        line.append(String.format(Locale.ROOT, all > 0 ? "%,d of %,d" : "%,d", done, Math.max(done, all)));
        if (!doing.isEmpty()) {
            line.append(' ').append(doing);
        }
        return line.append(" · ").append(elapsed.toSeconds()).append(" s").toString();
    }

    @Override
    public void close() {
        terminal.err().print(ERASED);
        terminal.err().flush();
    }
}
