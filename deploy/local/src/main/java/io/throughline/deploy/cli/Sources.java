package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "sources", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Say which sources are silent, and for how long; at the end those that are heard and not registered.")
final class Sources implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Option(names = "--limit", converter = Values.Count.class, defaultValue = "500", description = "Most sources listed (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print each source as it came, one a line.")
    private boolean json;

    @Option(names = "--zone", converter = Values.Zone.class, description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    Sources(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var table = new Table(terminal, "SOURCE", "STATE", "LAST EVENT (" + zone + ")", "SILENT FOR", "HEARTBEAT", "DELAY", "WATERMARK", "WARNED OF");
        var api = service.api("analyst");
        var warned = json ? Map.<String, String>of() : warned(api);
        api.forEach("/v1/source-health", Map.of(), "items", limit, source -> {
            if (json) {
                terminal.say(source.toString());
            } else {
                table.row(source.path("source").asText(), state(source), time(source, "lastEvent"), silence(source), source.path("heartbeat").asText(""),
                        source.path("expectedDelay").asText(""), time(source, "watermark"), warned.getOrDefault(source.path("source").asText(), ""));
            }
        });
        if (!json) {
            table.print();
        }
        return ExitCode.DONE;
    }

    /// By source: what its events were warned of most, which ingest counts.
    private Map<String, String> warned(Api api) throws IOException {
        var warned = new HashMap<String, String>();
        api.forEach("/v1/sources", Map.of(), "items", limit, source -> {
            var most = source.path("warned").path(0);
            if (!most.isMissingNode()) {
                warned.put(source.path("name").asText(), "%,d × %s: %s %s".formatted(most.path("events").asLong(), most.path("type").asText(),
                        most.path("pointer").asText(), most.path("detail").asText()));
            }
        });
        return warned;
    }

    private static String state(JsonNode source) {
        if (!source.path("registered").asBoolean()) {
            return "not registered";
        }
        return source.path("late").asBoolean() ? "LATE" : source.hasNonNull("heartbeat") ? "well" : "no promise";
    }

    private String time(JsonNode source, String field) {
        return source.hasNonNull(field) ? Times.local(source.path(field).asText(), zone) : "-";
    }

    private static String silence(JsonNode source) {
        return source.hasNonNull("silentFor") ? Times.since(Instant.EPOCH, Instant.EPOCH.plus(Duration.parse(source.path("silentFor").asText()))) : "";
    }
}
