package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.deploy.acceptance.FuzzRequest.Door;
import io.throughline.deploy.acceptance.FuzzRequest.Framing;
import io.throughline.deploy.acceptance.FuzzRequest.Header;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Requests that the services may well grant: each operation of their OpenAPI documents, with parameters and bodies that fit.
final class FuzzGrammar {
    private static final List<String> ROLES = List.of("viewer", "analyst", "agent", "lead", "operator", "privacy", "admin");
    private static final List<String> SOURCES = List.of("/channels/web", "/channels/chat", "/channels/ivr", "/systems/crm");
    private static final List<String> RULES = List.of("password-reset-spiral", "undelivered", "fuzz-0", "fuzz-1", "fuzz-2");
    private static final List<String> TYPES = List.of("page-viewed.v1", "call-started.v1", "address-changed.v1", "card-dispatched.v1",
            "password-reset-failed.v1",
            "fuzz-happened.v1", "identity-linked.v1", "source-heartbeat.v1");
    /// Some of those that the documents list, and of those that ingest takes.
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "/v1/journeys", List.of("identity", "asOf", "from", "to", "channel", "type", "cursor", "limit"),
            "/v1/journeys/{person}", List.of("asOf", "from", "to", "channel", "type", "cursor", "limit"),
            "/v1/journeys/{person}/explain", List.of("rule", "asOf", "cursor", "limit"),
            "/v1/findings", List.of("rule", "status", "severity", "stage", "person", "since", "from", "to", "sort", "cursor", "limit"),
            "/v1/findings/summary", List.of("by", "zone", "rule", "status", "since", "from"),
            "/v1/receipts", List.of("source", "id", "position"),
            "/v1/rules/{id}", List.of("version"),
            "/v1/sources", List.of("limit", "cursor"));
    private static final Set<String> REQUIRED = Set.of("rule", "source", "id", "by");
    private static final List<String> RULE_TEXTS = List.of(
            """
            id: %s
            title: Answered in time
            severity: low
            zone: Europe/London
            pattern: response
            when: { type: fuzz-happened.v1, where: "this.data.n > 1 && this.data.text.matches('a+b?')" }
            expect: { type: fuzz-answered.v1, source: /channels/web }
            by: [ data.id, data.caseId? ]
            where: other.data.n >= this.data.n
            within: P1D
            cost: { amount: "12.50", currency: GBP }
            explain: "On {this.time:date} {this.data.text} until {deadline}."
            examples:
              - name: answered
                events:
                  - { type: fuzz-happened.v1, time: "2026-03-02T18:12:00Z", data: { n: 2, text: aab, id: x } }
                  - { type: fuzz-answered.v1, source: /channels/web, time: "2026-03-02T19:12:00Z", data: { n: 3, id: x } }
                expect: [ satisfied ]
            """,
            """
            id: %s
            title: Too often
            severity: medium
            pattern: repetition
            when: { type: [ fuzz-happened.v1, "fuzz-a*" ], channel: web }
            count: 3
            within: PT1H
            by: [ data.id ]
            """,
            """
            id: %s
            title: Told otherwise
            severity: high
            zone: Etc/UTC
            pattern: contradiction
            when: { type: fuzz-happened.v1 }
            value: this.data.n
            across: this.channel
            by: [ data.id ]
            within: P7D
            """,
            """
            { "id": "%s", "title": "In order", "severity": "info", "pattern": "conformance", "idle": "PT30M",
              "stages": [ { "name": "a", "event": { "type": "fuzz-happened.v1" } },
                          { "name": "b", "event": { "type": "fuzz-answered.v1" }, "optional": true, "after": [ "a" ] } ] }
            """,
            """
            { "id": "%s", "title": "Twice until it is due", "severity": "low", "zone": "Europe/London", "pattern": "existence", "min": 2,
              "when": { "type": "fuzz-happened.v1" }, "within": { "until": "timestamp(this.data.due)" },
              "expect": { "type": "fuzz-answered.v1", "where": "this.data.list.exists(x, x == 'a')" } }
            """);

    private final List<Operation> operations;
    private final List<String> persons;
    private final List<String> findings;
    private final List<String> cursors;
    private final String run;

    /// @param path with its parameters in braces
    record Operation(Door door, String method, String path) {}

    /// @param persons known ones, as are `findings` and `cursors`
    /// @param run names its events: another run has others
    FuzzGrammar(List<Operation> operations, List<String> persons, List<String> findings, List<String> cursors, String run) {
        this.operations = List.copyOf(operations);
        this.persons = List.copyOf(persons);
        this.findings = List.copyOf(findings);
        this.cursors = List.copyOf(cursors);
        this.run = run;
    }

    /// The operations that a service's OpenAPI document lists.
    static List<Operation> operations(Door service, JsonNode document) {
        var operations = new ArrayList<Operation>();
        document.path("paths").properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            if (Set.of("get", "put", "post", "delete").contains(method)) {
                operations.add(new Operation(service, method.toUpperCase(Locale.ROOT), path.getKey()));
            }
        }));
        return operations;
    }

    /// One that is most probably granted.
    ///
    /// @param number of the request in this run; names its events
    FuzzRequest request(Random random, long number) {
        var operation = pick(random, operations);
        var door = random.nextInt(8) == 0 ? operation.door : Door.GATEWAY;
        var target = target(random, operation);
        var request = new FuzzRequest(door, operation.method, target, caller(random, operation), headers(random), new byte[0],
                Framing.LENGTH);
        return operation.method.startsWith("P") ? withBody(random, operation, request, number) : request;
    }

    static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String caller(Random random, Operation operation) {
        if (random.nextInt(20) == 0) {
            return pick(random, List.of("", "tl_wrong", "x".repeat(300)));
        }
        if (operation.path.equals("/v1/events")) {
            return random.nextBoolean() ? "operator" : SOURCES.getFirst();
        }
        return random.nextInt(10) == 0 ? pick(random, SOURCES) : random.nextInt(3) == 0 ? pick(random, ROLES) : random.nextBoolean()
                ? "admin" : "operator";
    }

    private static List<Header> headers(Random random) {
        return random.nextInt(4) == 0
                ? List.of(new Header("Accept", pick(random, List.of("application/json", "*/*", "text/plain",
                "application/json;q=0.5, text/*"))))
                : List.of();
    }

    private String target(Random random, Operation operation) {
        var target = new StringBuilder(operation.path
                .replace("{person}", pick(random, persons))
                .replace("{name}", encoded("/fuzz/source-" + random.nextInt(5)))
                .replace("{id}", operation.path.contains("findings") ? pick(random, findings)
                        : operation.path.contains("rules") ? pick(random, operation.method.equals("GET") ? RULES : RULES.subList(2, 5))
                                : "00000000-0000-0000-0000-000000000000"));
        char separator = '?';
        for (var parameter : PARAMETERS.getOrDefault(operation.method.equals("GET") ? operation.path : "", List.of())) {
            if (REQUIRED.contains(parameter) || random.nextInt(4) == 0) {
                target.append(separator).append(parameter).append('=').append(encoded(value(random, parameter)));
                separator = '&';
            }
        }
        return target.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private String value(Random random, String parameter) {
        return switch (parameter) {
            case "identity" -> "customer:fuzz-" + random.nextInt(20);
            case "asOf", "from", "to",
                    "since" -> Instant.now().minusSeconds(random.nextInt(10_000_000)).truncatedTo(ChronoUnit.MILLIS).toString();
            case "channel" -> pick(random, List.of("web", "/channels/web", "語"));
            case "type" -> pick(random, TYPES);
            case "cursor" -> pick(random, cursors);
            case "limit" -> Integer.toString(1 + random.nextInt(500));
            case "rule" -> pick(random, RULES);
            case "status" -> pick(random, List.of("open", "suspected", "resolved", "withdrawn", "dismissed"));
            case "severity" -> pick(random, List.of("info", "low", "medium", "high", "critical"));
            case "person" -> pick(random, persons);
            case "source" -> pick(random, SOURCES);
            case "id" -> "fuzz-" + run + "-" + random.nextInt(1_000);
            case "position" -> "touchpoints-" + random.nextInt(6) + ":" + random.nextInt(1_000);
            case "version" -> Integer.toString(random.nextInt(5));
            case "stage" -> pick(random, List.of("contact", "fulfilment", "語"));
            case "sort" -> pick(random, List.of("known", "happened"));
            case "by" -> pick(random, List.of("rule", "week", "rule,status,severity,stage,week"));
            case "zone" -> pick(random, List.of("UTC", "Europe/London", "Asia/Kathmandu"));
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    private FuzzRequest withBody(Random random, Operation operation, FuzzRequest request, long number) {
        var framed = random.nextInt(6) == 0 ? request.withFraming(Framing.CHUNKED) : request;
        return switch (operation.path) {
            case "/v1/events" -> events(random, framed, number);
            case "/v1/imports" -> packed(random, text(framed, "application/x-ndjson", lines(random, number)));
            case "/v1/sources/{name}" -> text(framed, "application/json", source(random));
            case "/v1/persons/lookup" -> text(framed, "application/json", "{\"identity\":\"customer:fuzz-" + random.nextInt(20) + "\"}");
            case "/v1/rules/validate", "/v1/rules/{id}" -> {
                var id = operation.path.endsWith("validate") ? "fuzz-0" : framed.target().substring("/v1/rules/".length());
                var rule = pick(random, RULE_TEXTS).formatted(id);
                yield text(framed, rule.startsWith("{") ? "application/json" : "application/yaml", rule);
            }
            case "/v1/findings/{id}/dismiss" -> text(framed, "application/json", "{\"reason\":\"fuzz " + number + "\"}");
            case "/v1/rules/{id}/activate" -> text(framed, "application/json", "{\"version\":" + (1 + random.nextInt(3)) + "}");
            case "/v1/rules/{id}/backtests" -> text(framed, "application/json", "{\"from\":\"2026-01-01T00:00:00Z\"}");
            default -> framed;
        };
    }

    private static FuzzRequest text(FuzzRequest request, String mediaType, String body) {
        return request.withHeader("Content-Type", mediaType).withBody(body.getBytes(UTF_8));
    }

    private static FuzzRequest packed(Random random, FuzzRequest request) {
        return random.nextInt(3) == 0 ? request.withHeader("Content-Encoding", "gzip").withBody(HostileEvents.gzip(request.body()))
                : request;
    }

    private FuzzRequest events(Random random, FuzzRequest request, long number) {
        var source = request.caller().startsWith("/") ? request.caller() : pick(random, SOURCES);
        var one = event(random, source, number + "-0");
        return switch (random.nextInt(3)) {
            case 0 -> packed(random, text(request, "application/cloudevents+json", one.toString()));
            case 1 -> {
                var batch = JsonNodeFactory.instance.arrayNode().add(one);
                for (int i = 1 + random.nextInt(5); i > 0; i--) {
                    batch.add(event(random, source, number + "-" + i));
                }
                yield packed(random, text(request, "application/cloudevents-batch+json", batch.toString()));
            }
            default -> binary(request, one);
        };
    }

    private static FuzzRequest binary(FuzzRequest request, ObjectNode event) {
        var headers = new ArrayList<>(request.headers());
        event.properties().stream().filter(field -> !field.getKey().startsWith("data"))
                .forEach(field -> headers.add(new Header("ce-" + field.getKey(), encoded(field.getValue().asText()).replace("+", "%20"))));
        return text(request.withHeaders(headers), "application/json", event.path("data").toString());
    }

    private ObjectNode event(Random random, String source, String id) {
        var event = Events.event(source, "fuzz-" + run + "-" + id, pick(random, TYPES.subList(0, 6)), "customer:fuzz-" + random.nextInt(20),
                Instant.now().minusSeconds(random.nextInt(1_000_000)).truncatedTo(ChronoUnit.MILLIS));
        var data = event.putObject("data").put("id", "x-" + random.nextInt(3)).put("n", random.nextInt(5)).put("text", "aab")
                .put("due", "2026-12-01T00:00:00Z");
        data.put("kind", "postal").put("addressId", "home").put("version", random.nextInt(3)).putArray("list").add("a").add(1).addNull();
        data.putObject("address").put("city", "Zürich").putArray("lines").add("1 Lane");
        if (random.nextInt(3) == 0) {
            event.put("channel", "web").put("sequence", "" + random.nextInt(9)).put("correlationid", "c")
                    .put("traceparent", "00-0-0-00").put("datacontenttype", "application/json");
        }
        return event;
    }

    private String lines(Random random, long number) {
        var lines = new StringBuilder();
        for (int i = 0; i <= random.nextInt(6); i++) {
            lines.append(event(random, pick(random, SOURCES), number + "-" + i)).append('\n');
        }
        return lines.toString();
    }

    private static String source(Random random) {
        var source = JsonNodeFactory.instance.objectNode();
        source.put("channel", "fuzz").put("heartbeat", "PT" + (1 + random.nextInt(9)) + "H").put("expectedDelay", "PT1M")
                .put("clockSkew", "PT5M");
        source.putArray("types").add("fuzz-happened.v1").add("fuzz-a*");
        return source.toString();
    }

    /// Bytes as the characters of a [FuzzRequest].
    static String asBytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
