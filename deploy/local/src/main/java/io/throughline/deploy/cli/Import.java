package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "FILE", description = "The file; - reads standard input.")
    private String file;

    @Option(names = "--json", description = "Print the answer as it came.")
    private boolean json;

    Import(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (var input = open()) {
            var api = service.api("operator");
            var encoding = isGzip(input) ? "gzip" : null;
            var summary = send(api, input, encoding);
            if (json) {
                terminal.say(summary.toString());
            } else {
                print(summary);
            }
            return summary.path("refused").asLong() == 0 ? ExitCode.DONE : ExitCode.NOT_SO;
        }
    }

    private InputStream open() throws IOException {
        if (!file.equals("-")) {
            requireContent(Path.of(file));
        }
        return new BufferedInputStream(file.equals("-") ? System.in : Files.newInputStream(Path.of(file)), 64 * 1024);
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

    private JsonNode send(Api api, InputStream input, String encoding) throws IOException {
        try (var steps = Steps.on(terminal)) {
            var watched = new Watched(input, file.equals("-") ? 0 : Files.size(Path.of(file)), steps);
            return api.post("/v1/imports", "application/x-ndjson", encoding, HttpRequest.BodyPublishers.ofInputStream(() -> watched));
        }
    }

    /// Shows how much of the file is on its way.
    private static final class Watched extends FilterInputStream {
        private static final long MEGABYTE = 1_000_000;

        private final long size;
        private final Steps steps;
        private long read;

        Watched(InputStream input, long size, Steps steps) {
            super(input);
            this.size = size;
            this.steps = steps;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? -1 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            count(count);
            return count;
        }

        private void count(int count) {
            read += Math.max(0, count);
            steps.show(read / MEGABYTE, size / MEGABYTE, count < 0 ? "MB handed in, waiting for the last to be written" : "MB handed in");
        }
    }

    private void print(JsonNode summary) {
        var seconds = Math.max(summary.path("millis").asLong(), 1) / 1000.0;
        terminal.say(String.format(Locale.ROOT, "%,d lines: %,d accepted, %,d refused, in %.1f s (%,.0f a second)",
                summary.path("lines").asLong(), summary.path("accepted").asLong(), summary.path("refused").asLong(), seconds,
                summary.path("lines").asLong() / seconds));
        if (summary.hasNonNull("passedOver")) {
            terminal.say(summary.path("passedOver").asText());
        }
        printWarnings(summary);
        if (summary.path("accepted").asLong() > 0) {
            terminal.say("How far they are evaluated: ./throughline status. What was found: ./throughline findings");
        }
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
            terminal.say("… and %,d more; --json prints up to 1,000.".formatted(summary.path("refused").asLong() - ROWS));
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
        terminal.say("Each refused line, up to 1,000: --json");
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
}
