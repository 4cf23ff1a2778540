package io.throughline.ingest.imports;

import io.throughline.events.Problem;
import io.throughline.events.access.Principal;
import io.throughline.ingest.Addressing;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Admission.Decision;
import io.throughline.ingest.Tally;
import io.throughline.ingest.TouchpointLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One import: reads lines, admits each, and keeps a bounded window of them on its way to the log.
///
/// Written to block, for a virtual thread of its own: waiting for the log is then what stops the reading.
public final class FileImport {

    /// Different ones that a summary counts.
    private static final int MAX_REASONS = 100;

    private record Reason(String code, String detail) {}

    /// What every import works with.
    public record Tools(Admission admission, Addressing addressing, TouchpointLog log, Tally tally, InstantSource clock) {}

    private final Tools tools;
    private final ImportLimits limits;
    private final Principal caller;
    private final KnownByDefault known;
    private final Lines lines;
    private final long firstLine;
    private final Window window;
    private final List<Summary.RefusedLine> refusals = new ArrayList<>();
    private final ImportWarnings warnings = new ImportWarnings();
    private final LinkedHashMap<Reason, Summary.RefusalReason> reasons = new LinkedHashMap<>();
    private @Nullable ForeignFormat foreign;
    private final long startedMillis;
    private long withContent;
    private long refused;

    /// @param body inflated
    /// @param firstLine which line of its file the body begins with; only the first says of what format the file is
    /// @param lineBytes most bytes of a line
    public FileImport(Tools tools, ImportLimits limits, int lineBytes, Principal caller, KnownByDefault known, InputStream body, long firstLine) {
        this.tools = tools;
        this.limits = limits;
        this.caller = caller;
        this.known = known;
        this.lines = new Lines(body, lineBytes, firstLine);
        this.firstLine = firstLine;
        this.window = new Window(tools.log(), limits.window(), tools.tally()::accepted);
        this.startedMillis = tools.clock().millis();
    }

    public long firstLine() {
        return firstLine;
    }

    /// Reads to the end, or as far as it gets. What was handed over before a fault is waited for.
    public Ending run() throws InterruptedException {
        try {
            boolean whole = readAll();
            if (foreign != null) {
                return new Ending.OtherFormat(summary(), foreign.description());
            }
            long unread = lines.number();
            window.drain();
            return whole ? new Ending.Complete(summary()) : new Ending.CutShort(summary(), unread);
        } catch (Window.LogLost _) {
            return new Ending.LogLost(summary(), window.acknowledgedThrough(lines.number() - 1));
        }
    }

    /// @return false when the body could not be read to its end
    private boolean readAll() throws Window.LogLost, InterruptedException {
        try {
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (!lines.tooLong() && isBlank(line)) {
                    continue;
                }
                if (firstLine == 1 && withContent == 0) {
                    foreign = ForeignFormat.of(lines.start()).orElse(null);
                    if (foreign != null) {
                        return true;
                    }
                }
                withContent++;
                if (lines.tooLong()) {
                    refuse(null, null, tools.admission().tooLarge());
                } else {
                    take(line);
                }
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void take(ByteBuffer line) throws Window.LogLost, InterruptedException {
        switch (tools.admission().decide(line, caller, tools.clock().instant())) {
            case Decision.Rejected(var source, var id, var problem) -> refuse(source, id, problem);
            case Decision.Accepted accepted -> {
                var records = tools.addressing().records(List.of(known.in(accepted.event()))).toCompletableFuture().join();
                tools.tally().taken(accepted);
                warnings.add(lines.number(), accepted);
                window.append(lines.number(), records.getFirst());
            }
        }
    }

    private void refuse(@Nullable String source, @Nullable String id, Problem problem) {
        refused++;
        tools.tally().rejected(problem.code());
        var detail = detail(problem);
        if (refusals.size() < limits.listedRefusals()) {
            refusals.add(new Summary.RefusedLine(lines.number(), source, id, problem.code(), detail));
        }
        var reason = new Reason(problem.code(), detail);
        if (reasons.size() < MAX_REASONS || reasons.containsKey(reason)) {
            reasons.merge(reason, new Summary.RefusalReason(problem.code(), detail, 1, lines.number()), (before, _) -> before.again());
        }
    }

    private static String detail(Problem problem) {
        if (problem.errors() == null) {
            return problem.detail();
        }
        var first = problem.errors().getFirst();
        var others = problem.errors().size() > 1 ? " (and more)" : "";
        return (first.pointer().isEmpty() ? "the event" : first.pointer()) + " " + first.detail() + others;
    }

    private static boolean isBlank(ByteBuffer line) {
        for (int i = line.position(); i < line.limit(); i++) {
            if (line.get(i) != ' ' && line.get(i) != '\t') {
                return false;
            }
        }
        return true;
    }

    private Summary summary() {
        return new Summary(withContent, window.acknowledged(), refused, List.copyOf(refusals), refused > refusals.size(), mostFrequent(),
                warnings.events(), warnings.listed(), lines.bytes(), tools.clock().millis() - startedMillis, null);
    }

    private List<Summary.RefusalReason> mostFrequent() {
        return reasons.values().stream().sorted(Comparator.comparingLong(Summary.RefusalReason::lines).reversed()).toList();
    }
}
