package io.throughline.deploy.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// The faults of GUARANTEES.md that this run tried, printed as a table at its end.
final class FaultTable implements BeforeAllCallback {
    private static final List<Fault> FAULTS = new CopyOnWriteArrayList<>();
    private static final List<String> HEAD = List.of("FAULT", "LOAD/s", "SENT", "LOST", "DOUBLED", "DUPLICATES", "CONFLICTS", "RECOVERED", "VERDICT");

    /// Prints when JUnit ends, with the last test of the run.
    private record Printing() implements AutoCloseable {
        @Override
        public void close() {
            var rows = new ArrayList<List<String>>(List.of(HEAD));
            FAULTS.stream().map(Fault::row).forEach(rows::add);
            rows.forEach(row -> System.out.printf("%-44s %8s %9s %5s %8s %10s %9s %10s  %s%n", row.toArray()));
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(FaultTable.class)).computeIfAbsent(Printing.class, _ -> new Printing(), Printing.class);
    }

    /// Begins a fault; it is said to have failed until [Fault#held].
    static Fault fault(int number, String what) {
        var fault = new Fault("%2d  %s".formatted(number, what));
        FAULTS.add(fault);
        return fault;
    }

    /// One line of the table, filled as the fault goes on.
    static final class Fault {
        private final String what;
        private String load = "";
        private String recovered = "";
        private LogAudit.Account account;
        private boolean held;

        private Fault(String what) {
            this.what = what;
        }

        /// The load that was held while the fault lasted.
        Fault load(long events, Duration time) {
            load = Long.toString(Math.round(events * 1e9 / Math.max(1, time.toNanos())));
            return this;
        }

        /// From the fault's end until the lag was zero.
        Fault recovered(Instant faultEnded) {
            recovered = "%.1f s".formatted(Duration.between(faultEnded, Instant.now()).toMillis() / 1000.0);
            return this;
        }

        /// Everything that must be seen was seen.
        void held(LogAudit.Account outcome) {
            account = outcome;
            held = true;
        }

        private List<String> row() {
            var counts = account == null ? List.of("", "", "", "", "")
                    : List.of(account.events(), account.lost(), account.doubled(), account.duplicates(), account.conflicts()).stream()
                            .map(count -> "%,d".formatted(count)).toList();
            var row = new ArrayList<>(List.of(what, load));
            row.addAll(counts);
            row.addAll(List.of(recovered, held ? "held" : "FAILED"));
            return row;
        }
    }
}
