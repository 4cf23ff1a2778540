package io.throughline.bench;

import java.util.Locale;

/// What a figure should reach.
sealed interface Goal {

    boolean reached(double figure, double bare);

    String text();

    /// At least this part of the bare limit.
    record PartOfBare(double part) implements Goal {
        @Override
        public boolean reached(double figure, double bare) {
            return figure >= part * bare;
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "≥ %.1f of bare", part);
        }
    }

    /// At most this much.
    record AtMost(double most) implements Goal {
        @Override
        public boolean reached(double figure, double bare) {
            return figure <= most;
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "≤ %.0f", most);
        }
    }
}
