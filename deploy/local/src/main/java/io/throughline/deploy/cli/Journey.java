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
    private static final int SCREENFUL = 50;
    /// No event occurs later.
    private static final String AFTER_ALL = "9999-12-31T23:59:59Z";

    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Parameters(paramLabel = "IDENTITY", description = Person.HELP)
    private String identity;

    @Option(names = "--as-of", converter = Values.Time.class, paramLabel = "TIME",
            description = "As it stood then, for example 2026-03-01T09:30:00Z; a date or a local time is one of --zone.")
    private Moment asOf;

    @Option(names = "--limit", converter = Values.Count.class, defaultValue = "" + MOST, description = "Most touchpoints shown (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--findings", converter = Values.CountOrNone.class, paramLabel = "N", description = "Most findings shown (default: " + SCREENFUL + "; with --json all).")
    private Integer findings;

    @Option(names = "--zone", converter = Values.Zone.class, description = "Time zone of what is shown (default: this machine's).")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(names = "--json", description = "Print touchpoints and findings as JSON, one a line.")
    private boolean json;

    Journey(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var parameters = new HashMap<String, String>();
        parameters.put("asOf", Moment.in(zone, asOf, terminal));
        parameters.put("zone", zone.getId());
        var api = service.api("analyst");
        var journey = read(api, Person.of(identity).journey(api), parameters, limit, findings != null ? findings : json ? Integer.MAX_VALUE : SCREENFUL);
        if (json) {
            journey.touchpoints().forEach(touchpoint -> terminal.say(touchpoint.toString()));
            journey.findings().forEach(finding -> terminal.say(finding.toString()));
        } else {
            new JourneyView(terminal, zone).print(identity, journey);
        }
        return ExitCode.DONE;
    }

    /// Prints a journey as the command does that names nothing but the identity.
    static void show(Terminal terminal, Api api, String identity) throws IOException {
        var zone = ZoneId.systemDefault();
        new JourneyView(terminal, zone).print(identity, read(api, Person.of(identity).journey(api), Map.of("zone", zone.getId()), MOST, SCREENFUL));
    }

    /// What is shown of a journey.
    ///
    /// @param more whether there are touchpoints behind these
    /// @param findingsCount how many findings there are, shown or not
    record Shown(List<JsonNode> touchpoints, boolean more, List<JsonNode> findings, long findingsCount) {}

    private static Shown read(Api api, String path, Map<String, String> parameters, int most, int mostFindings) throws IOException {
        var touchpoints = new ArrayList<JsonNode>();
        var findings = new ArrayList<JsonNode>();
        var request = new HashMap<>(parameters);
        request.put("limit", Integer.toString(Math.clamp(Math.max(most, mostFindings), 1, PAGE)));
        boolean more = true;
        boolean moreFindings = true;
        long count;
        do {
            var page = api.get(path, request);
            if (more) {
                more = take(page.path("touchpoints"), touchpoints, most) && page.path("next").isTextual();
                request.put("cursor", page.path("next").asText(null));
            }
            if (moreFindings) {
                moreFindings = take(page.path("findings"), findings, mostFindings) && page.path("findingsNext").isTextual();
                request.put("findingsCursor", page.path("findingsNext").asText(request.get("findingsCursor")));
            }
            count = page.path("findingsCount").asLong();
            if (!more) {
                request.put("from", AFTER_ALL);
            }
        } while (more || moreFindings);
        return new Shown(touchpoints, request.get("cursor") != null, findings, count);
    }

    /// @return whether there is room for more
    private static boolean take(JsonNode page, List<JsonNode> taken, int most) {
        page.valueStream().limit(Math.max(0, most - taken.size())).forEach(taken::add);
        return taken.size() < most;
    }
}
