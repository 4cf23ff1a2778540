package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.GzipStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Hand in a file of events, one CloudEvent (JSON) a line; gzip is recognised. To send a file again does no harm.")
final class Import implements Callable<Integer> {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int ROWS = 20;
    private static final String STANDARD_INPUT = "-";

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "FILE", description = "The file; - reads standard input.")
    private String file;

    @Option(names = "--known-when-occurred", description = {"Where an event does not say when the company knew of it (knowntime): it knew when it occurred.",
        "Without this option the time is unknown, and late data excuses no finding."})
    private boolean knownWhenOccurred;

    @Option(names = "--refused", paramLabel = "FILE", description = "Where refused lines are kept, to be mended and imported "
            + "(default: beside the file; of standard input nowhere). Beside it stands why each was refused.")
    private Path refused;

    @Option(names = "--json", description = "Print the answer as the API gives it.")
    private boolean json;

    Import(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!file.equals(STANDARD_INPUT)) {
            requireContent(Path.of(file));
        }
        try (var kept = refusedLines().orElse(null);
                var input = new Counted(file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file)))) {
            var api = service.api("operator");
            var start = new BufferedInputStream(input, 64 * 1024);
            boolean gzip = isGzip(start);
            var text = gzip ? new GzipStream(start) : start;
            var parts = new FileParts(text, PartwiseImport.PART_BYTES);
            var ended = send(api, parts, gzip, kept, input);
            if (text instanceof GzipStream stream && stream.passedOver()) {
                ended.summary().put("passedOver", "Something that is not gzip follows the gzip of this file and was passed over, as gzip does: see whether the file is whole.");
            }
            return say(ended, parts, kept);
        }
    }

    private Optional<RefusedLines> refusedLines() {
        if (refused != null) {
            return Optional.of(RefusedLines.in(refused));
        }
        return file.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(file)) || !RefusedLines.isFolder(Path.of(file)) ? Optional.empty()
                : Optional.of(RefusedLines.beside(Path.of(file)));
    }

    private static void requireContent(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new WrongUsage("There is no file " + file);
        }
        if (Files.isDirectory(file)) {
            throw new WrongUsage(file + " is a folder. Give one file of it at a time.");
        }
        if (!Files.isReadable(file)) {
            throw new WrongUsage(file + " is not open to this account.");
        }
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            throw new WrongUsage(file + " is empty: there is nothing to import.");
        }
    }

    private static boolean isGzip(InputStream input) throws IOException {
        input.mark(2);
        var magic = input.read() << 8 | input.read();
        input.reset();
        return magic == GZIP_MAGIC;
    }

    private Ended send(Api api, FileParts parts, boolean gzip, RefusedLines kept, Counted input) throws IOException {
        var begun = Instant.now();
        long size = file.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(file));
        try (var steps = Steps.on(terminal)) {
            var sending = new PartwiseImport(api, gzip, knownWhenOccurred, kept, new ImportProgress(steps, size, input::count, begun));
            sending.run(parts);
            return new Ended(sending.totals().toJson(Math.max(1, Duration.between(begun, Instant.now()).toMillis())), sending.subject());
        }
    }

    /// @param subject of one accepted event
    private record Ended(ObjectNode summary, Optional<String> subject) {}

    private int say(Ended ended, FileParts parts, RefusedLines kept) {
        var summary = ended.summary();
        if (json) {
            terminal.say(summary.toString());
        } else {
            print(summary);
            sayWhatNext(ended, kept);
        }
        if (parts.damage() != null) {
            terminal.complain("%s was cut or is damaged: from line %,d on nothing was read. What was accepted stays; importing the whole file again is harmless."
                    .formatted(file.equals(STANDARD_INPUT) ? "Standard input" : file, parts.line()));
            return ExitCode.FAILED;
        }
        return summary.path("refused").asLong() == 0 ? ExitCode.DONE : ExitCode.NOT_SO;
    }

    private void sayWhatNext(Ended ended, RefusedLines kept) {
        if (ended.summary().path("refused").asLong() > 0) {
            terminal.say("");
            if (kept == null) {
                terminal.sentence("Refused lines were not kept: --refused FILE keeps them, to be mended and imported.");
            } else {
                terminal.sentence("The refused lines are in " + kept.file());
                terminal.sentence("and why, line by line, in " + kept.reasonsFile());
                terminal.sentence("Mend them there, then: ./throughline import " + quoted(kept.file().toString()));
            }
        }
        if (ended.summary().path("accepted").asLong() > 0) {
            terminal.say("");
            terminal.sentence("What was accepted is on the log. It is in the journeys when no partition lags, and evaluated when none waits: ./throughline status");
            ended.subject().filter(Import::isPlain).ifPresent(subject -> terminal.say("One of its customers: ./throughline journey " + subject));
            terminal.say("What was found: ./throughline findings");
        }
    }

    /// Which a shell takes as it is.
    private static boolean isPlain(String word) {
        return word.matches("[A-Za-z0-9@:._/+-]{1,100}");
    }

    private static String quoted(String path) {
        return isPlain(path) ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private void print(JsonNode summary) {
        var seconds = summary.path("millis").asLong() / 1000.0;
        terminal.say(String.format(Locale.ROOT, "%,d lines: %,d accepted, %,d refused, in %.1f s (%,.0f a second)",
                summary.path("lines").asLong(), summary.path("accepted").asLong(), summary.path("refused").asLong(), seconds,
                summary.path("lines").asLong() / seconds));
        if (summary.hasNonNull("passedOver")) {
            terminal.say(summary.path("passedOver").asText());
        }
        printWarnings(summary);
        printRefusals(summary);
    }

    private void printRefusals(JsonNode summary) {
        var refusals = summary.path("refusals");
        if (refusals.isEmpty()) {
            return;
        }
        if (summary.path("reasons").size() < summary.path("refused").asLong()) {
            printReasons(summary.path("reasons"));
            return;
        }
        var table = new Table(terminal, "LINE", "SOURCE", "ID", "CODE", "WHY");
        for (int i = 0; i < Math.min(ROWS, refusals.size()); i++) {
            var refusal = refusals.get(i);
            table.row(refusal.path("line").asText(), refusal.path("source").asText(""), refusal.path("id").asText(""),
                    refusal.path("code").asText(), refusal.path("detail").asText());
        }
        table.print();
        if (summary.path("refused").asLong() > ROWS) {
            terminal.say(String.format(Locale.ROOT, "… and %,d more.", summary.path("refused").asLong() - ROWS));
        }
    }

    /// Where lines are refused for the same reason, each reason once.
    private void printReasons(JsonNode reasons) {
        var table = new Table(terminal, "LINES", "FIRST LINE", "CODE", "WHY");
        for (int i = 0; i < Math.min(ROWS, reasons.size()); i++) {
            var reason = reasons.get(i);
            table.row(reason.path("lines").asText(), reason.path("firstLine").asText(), reason.path("code").asText(), reason.path("detail").asText());
        }
        table.print();
    }

    /// Each oddity once: they are of whole files more often than of single lines.
    private void printWarnings(JsonNode summary) {
        var warnings = summary.path("warnings");
        if (warnings.isEmpty()) {
            return;
        }
        terminal.say(String.format(Locale.ROOT, "%,d events were accepted of which rules will not read a part:", summary.path("warned").asLong()));
        var table = new Table(terminal, "EVENTS", "FIRST LINE", "TYPE", "WHERE", "WHAT");
        for (int i = 0; i < Math.min(ROWS, warnings.size()); i++) {
            var warning = warnings.get(i);
            table.row(warning.path("events").asText(), warning.path("line").asText(), warning.path("type").asText(), warning.path("pointer").asText(),
                    warning.path("detail").asText());
        }
        table.print();
    }

    /// Counts what is read of a file.
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
