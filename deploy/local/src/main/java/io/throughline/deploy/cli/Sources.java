package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
        var api = service.api("analyst");
        if (json) {
            api.forEach("/v1/source-health", Map.of(), "items", limit, source -> terminal.say(source.toString()));
            return ExitCode.DONE;
        }
        var warned = warned(api);
        var rows = new ArrayList<List<String>>();
        api.forEach("/v1/source-health", Map.of(), "items", limit, source ->
                rows.add(List.of(source.path("source").asText(), state(source), time(source, "lastEvent"), silence(source), source.path("heartbeat").asText(""),
                        source.path("expectedDelay").asText(""), time(source, "watermark"), warned.getOrDefault(source.path("source").asText(), ""))));
        print(rows);
        return ExitCode.DONE;
    }

    private void print(List<List<String>> rows) {
        var headings = new String[] {"SOURCE", "STATE", "LAST EVENT (" + zone + ")", "SILENT FOR", "HEARTBEAT", "DELAY", "WATERMARK", "WARNED OF"};
        var table = new Table(terminal, headings);
        IntStream.range(0, headings.length).filter(column -> rows.stream().allMatch(row -> row.get(column).isEmpty()))
                .forEach(column -> table.dispensable(headings[column]));
        rows.forEach(row -> table.row(row.toArray()));
        table.print();
    }

    /// By source: what its events were warned of most, which ingest counts, whether it is registered or not.
    private Map<String, String> warned(Api api) throws IOException {
        var warned = new HashMap<String, String>();
        api.forEach("/v1/sources", Map.of(), "items", limit, source -> warn(warned, source));
        api.get("/v1/sources", Map.of("limit", 1)).path("unregistered").forEach(source -> warn(warned, source));
        return warned;
    }

    private static void warn(Map<String, String> warned, JsonNode source) {
        var most = source.path("warned").path(0);
        if (!most.isMissingNode()) {
            warned.put(source.path("name").asText(), String.format(Locale.ROOT, "%,d × %s: %s %s", most.path("events").asLong(), most.path("type").asText(),
                    most.path("pointer").asText(), most.path("detail").asText()));
        }
    }

    private static String state(JsonNode source) {
        if (!source.path("registered").asBoolean()) {
            return "not registered";
        }
        return source.path("late").asBoolean() ? "LATE" : source.hasNonNull("heartbeat") ? "well" : "no promise";
    }

    private String time(JsonNode source, String field) {
        return source.hasNonNull(field) ? Times.local(source.path(field).asText(), zone) : "";
    }

    private static String silence(JsonNode source) {
        return source.hasNonNull("silentFor") ? Times.since(Instant.EPOCH, Instant.EPOCH.plus(Duration.parse(source.path("silentFor").asText()))) : "";
    }
}
