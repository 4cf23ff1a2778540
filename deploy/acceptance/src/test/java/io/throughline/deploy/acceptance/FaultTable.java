package io.throughline.deploy.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The faults of GUARANTEES.md that a run tried, those that it left out, and why. Test classes run in more than one JVM: each prints
/// its rows when it ends and lays them into a folder, from which `./throughline test` prints them as one table.
final class FaultTable implements AfterAllCallback {
    private static final List<Fault> FAULTS = new CopyOnWriteArrayList<>();
    private static final String FORMAT = "%-46s %8s %9s %5s %8s %10s %9s %10s  %s";
    private static final String HEAD = FORMAT.formatted(
            "FAULT", "LOAD/s", "SENT", "LOST", "DOUBLED", "DUPLICATES", "CONFLICTS", "RECOVERED", "VERDICT");
    private static final String LEGEND = """
            The numbers are those of GUARANTEES.md's table of faults. LOAD/s: events a second while the fault lasted; SENT, LOST, DOUBLED:
            events on the log, those without effect, those with two; DUPLICATES, CONFLICTS: deliveries beyond the first, with the same and
            with other content; RECOVERED: from the end of the fault until the lag was zero. What says "--long" is tried by
            ./throughline test --long.
            """;

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        var rows = FAULTS.stream().map(Fault::row).toList();
        FAULTS.clear();
        rows.forEach(row -> System.out.println("Fault " + row.strip().replaceAll(" {2,}", "  ")));
        write(context.getRequiredTestClass().getSimpleName(), rows);
    }

    /// Lists a fault that is not tried, with the reason.
    static void notTried(int number, String what, String reason, Class<?> test) {
        var fault = new Fault(number, what);
        fault.verdict = "not tried: " + reason;
        try {
            write(test.getSimpleName(), List.of(fault.row()));
        } catch (IOException e) {
            throw new AssertionError("The table of faults cannot be written", e);
        }
    }

    private static void write(String test, List<String> rows) throws IOException {
        var folder = Project.faults();
        Files.writeString(folder.resolve("head"), HEAD + "\n");
        Files.writeString(folder.resolve("legend"), LEGEND + Servers.told().map(told -> told + "\n").orElse(""));
        Files.write(Files.createDirectories(folder.resolve("rows")).resolve(test), rows);
    }

    /// Begins a fault; it is said to have failed until [Fault#held].
    static Fault fault(int number, String what) {
        var fault = new Fault(number, what);
        FAULTS.add(fault);
        return fault;
    }

    /// Begins the fault that this test is about, as its annotation [InTheLongSet] says.
    static Fault fault(Class<?> test) {
        var annotation = test.getAnnotation(InTheLongSet.class);
        return fault(annotation.fault(), annotation.what());
    }

    /// One line of the table, filled as the fault goes on.
    static final class Fault {
        private final String what;
        private String load = "";
        private String recovered = "";
        private LogAudit.Account account;
        private String verdict = "FAILED";

        private Fault(int number, String what) {
            this.what = "%2d  %s".formatted(number, what);
        }

        /// Skips the test where there is an obstacle, and says so in the table.
        Fault unless(Optional<String> obstacle) {
            obstacle.ifPresent(reason -> {
                verdict = "not tried: " + reason;
                Assumptions.abort(reason);
            });
            return this;
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
            verdict = "held";
        }

        private String row() {
            var counts = account == null ? List.of("", "", "", "", "")
                    : List.of(account.events(), account.lost(), account.doubled(), account.duplicates(), account.conflicts()).stream()
                            .map("%,d"::formatted).toList();
            var row = new ArrayList<>(List.of(what, load));
            row.addAll(counts);
            row.addAll(List.of(recovered, verdict));
            return FORMAT.formatted(row.toArray());
        }
    }
}
