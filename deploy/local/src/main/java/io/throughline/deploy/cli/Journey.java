package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "journey", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Show the journey of a customer with what the company did wrong on the way.")
final class Journey implements Callable<Integer> {
    private static final int PAGE = 500;
    private static final int MOST = 2_000;

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "IDENTITY", description = "namespace:value, for example customer:4711.")
    private String identity;

    @Option(names = "--as-of", paramLabel = "TIME", description = "As it stood then; RFC 3339, for example 2026-03-01T00:00:00Z.")
    private String asOf;

    @Option(names = "--limit", defaultValue = "" + MOST, description = "Most touchpoints shown (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--zone", description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(names = "--json", description = "Print touchpoints and findings as JSON, one a line.")
    private boolean json;

    Journey(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var parameters = new HashMap<String, String>();
        parameters.put("identity", identity);
        parameters.put("asOf", asOf);
        var journey = read(service.api("analyst"), parameters, limit);
        if (json) {
            journey.touchpoints().forEach(touchpoint -> terminal.say(touchpoint.toString()));
            journey.findings().forEach(finding -> terminal.say(finding.toString()));
        } else {
            new JourneyView(terminal, zone).print(identity, journey.touchpoints(), journey.findings());
        }
        return ExitCode.DONE;
    }

    /// Prints a journey as the command does that names nothing but the identity.
    static void show(Terminal terminal, Api api, String identity) throws IOException {
        var journey = read(api, Map.of("identity", identity), MOST);
        new JourneyView(terminal, ZoneId.systemDefault()).print(identity, journey.touchpoints(), journey.findings());
    }

    private record Pages(List<JsonNode> touchpoints, JsonNode findings) {}

    private static Pages read(Api api, Map<String, String> parameters, int limit) throws IOException {
        var request = new HashMap<>(parameters);
        request.put("limit", Integer.toString(Math.clamp(limit, 1, PAGE)));
        var touchpoints = new ArrayList<JsonNode>();
        JsonNode page;
        do {
            page = api.get("/v1/journeys", request);
            page.path("touchpoints").forEach(touchpoints::add);
            request.put("cursor", page.path("next").asText(null));
        } while (touchpoints.size() < limit && request.get("cursor") != null);
        return new Pages(touchpoints.subList(0, Math.min(limit, touchpoints.size())), page.path("findings"));
    }
}
