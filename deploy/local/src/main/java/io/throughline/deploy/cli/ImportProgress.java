package io.throughline.deploy.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;

/// How far an import is: how much of the file is accepted or refused, and how fast that goes.
///
/// @param size of the file in bytes; 0 where it is not known
/// @param read bytes of the file
record ImportProgress(Steps steps, long size, LongSupplier read, Instant begun) implements PartwiseImport.Progress {
    private static final long KILOBYTE = 1_000;
    private static final long MEGABYTE = 1_000_000;

    @Override
    public void settled(long lines) {
        show(words(lines, Duration.between(begun, Instant.now())));
    }

    @Override
    public void waiting(long lines, String why) {
        show(unit() + "; waiting, and trying again: " + why);
    }

    private void show(String doing) {
        long unit = isSmall() ? KILOBYTE : MEGABYTE;
        steps.show(read.getAsLong() / unit, size / unit, doing);
    }

    private boolean isSmall() {
        return size > 0 && size < MEGABYTE;
    }

    private String unit() {
        return isSmall() ? "kB" : "MB";
    }

    String words(long lines, Duration elapsed) {
        var share = size > 0 ? String.format(Locale.ROOT, ", %d %%", 100 * Math.min(size, read.getAsLong()) / size) : "";
        return String.format(Locale.ROOT, "%s imported%s, %,.0f lines/s", unit(), share, lines * 1000.0 / Math.max(1, elapsed.toMillis()));
    }
}
