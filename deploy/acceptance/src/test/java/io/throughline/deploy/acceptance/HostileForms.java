package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.deploy.acceptance.Client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/// Odd forms of what is permitted: none of them is a fault of ours, and none is accepted as something else.
final class HostileForms {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final HostileAttack attack;
    private final Stack stack;
    private final Random random;
    private final List<String> wrong = new ArrayList<>();

    HostileForms(HostileAttack attack, Random random) {
        this.attack = attack;
        this.stack = attack.stack();
        this.random = random;
    }

    /// Answers that should have been others.
    List<String> wrong() {
        return wrong;
    }

    /// Numbers of 101 and more digits wherever a number may stand.
    void numbersInRules() {
        var rule = """
                {"id":"hostile-j","version":1,"title":"t","severity":"low","zone":"Etc/UTC","pattern":"repetition",
                 "when":{"type":"a.v1","where":"this.data.n == 1"},"count":3,"within":"PT1H","cost":{"amount":"1","currency":"GBP"},
                 "examples":[{"name":"e","events":[{"type":"a.v1","time":"2026-03-02T18:12:00Z","data":{"n":1}}],"expect":[]}]}""";
        var places = Map.of("version", "\"version\":1", "count", "\"count\":3", "data", "\"n\":1", "amount", "\"amount\":\"1\"",
                "where", "n == 1", "within", "\"within\":\"PT1H\"");
        var pattern = Map.of("max", "absence", "n", "exactly", "min", "existence");
        for (var number : List.of("9".repeat(101), "9".repeat(1_001), "-" + "9".repeat(101), "1e101", "1E-1001", "1e999999999", "1e99999999999", "-1E+99999999999", "1."
                + "0".repeat(101), "0." + "1".repeat(1_001))) {
            var shown = number.length() > 12 ? number.substring(0, 4) + "… (" + number.length() + ")" : number;
            places.forEach((place, text) -> {
                var changed = switch (place) {
                    case "amount" -> rule.replace(text, "\"amount\":\"" + number + "\"");
                    case "within" -> rule.replace(text, "\"within\":\"PT" + number + "S\"");
                    case "where" -> rule.replace(text, "n == " + number);
                    default -> rule.replace(text, text.substring(0, text.length() - 1) + number);
                };
                validate("application/json", changed, shown + " as " + place);
                validate("application/yaml", changed, shown + " as " + place + " in YAML");
            });
            pattern.forEach((field, name) -> {
                var other = field.equals("max") ? "forbid" : "expect";
                var text = """
                        {"id":"hostile-j","title":"t","severity":"low","pattern":"%s","%s":{"type":"a.v1"},"%s":%s}"""
                        .formatted(name, other, field, number);
                validate("application/json", text, shown + " as " + field);
            });
            validate("application/json",
                    "{\"id\":\"hostile-j\",\"title\":\"t\",\"severity\":\"low\",\"pattern\":\"response\",\"when\":{\"type\":\"a.v1\"},"
                    + "\"expect\":{\"type\":\"b.v1\"},\"zone\":\"Etc/UTC\",\"within\":{\"businessDays\":" + number
                            + ",\"calendar\":\"GB-ENG\"}}", shown + " as businessDays");
            validate("application/yaml", "calendar: GB-ENG\nweekend: [ saturday ]\nholidays: { " + number + ": [ 2026-01-01 ] }\n",
                    shown + " as a year");
            var analyst = stack.as("analyst");
            expect(shown + " as a version to activate", 200, 499, () -> analyst.post("/v1/rules/abandoned-form/activate",
                    "application/json",
                    ("{\"version\":" + number + "}").getBytes(UTF_8)));
            expect(shown + " as data of an event", 202, 499, () -> stack.source("/channels/web").post("/v1/events", "application/cloudevents+json",
                    Events.event("/channels/web", "number-" + shown, "page-viewed.v1", "customer:hostile-j", NOW).toString()
                            .replace("\"data\":{}", "\"data\":{\"n\":" + number + "}").getBytes(UTF_8)));
            expect(shown + " as ?version", 400, 499, () -> analyst.get("/v1/rules/password-reset-spiral", "version", number));
            expect(shown + " as ?limit", 400, 499, () -> analyst.get("/v1/findings", "limit", number));
            expect(shown + " as ?asOf", 400, 499, () -> analyst.get("/v1/journeys", "identity", "customer:x", "asOf", number
                    + "-01-01T00:00:00Z"));
            expect(shown + " as position", 400, 499, () -> analyst.get("/v1/receipts", "source", "/a", "id", "b", "position",
                    "touchpoints-0:" + number));
            expect(shown + " as a partition", 200, 499, () -> analyst.get("/v1/receipts", "source", "/a", "id", "b", "position",
                    "touchpoints-" + number + ":0"));
        }
    }

    /// A body is right or wrong; what is wrong is said.
    private void validate(String mediaType, String body, String what) {
        expect(what, 200, 499, () -> stack.as("viewer").post("/v1/rules/validate", mediaType, body.getBytes(UTF_8)));
    }

    private void expect(String what, int least, int most, Supplier<Answer> call) {
        var answer = attack.tell(call);
        if (answer.status() < least || answer.status() > most || answer.status() >= 400 && answer.body().length > 0
                && !answer.contentType().equals("application/problem+json")) {
            wrong.add(what + ": " + answer.status() + " " + answer.text().substring(0, Math.min(200, answer.text().length())));
        }
    }

    /// A NUL, and other escapes that are no text, in every parameter.
    void nulsInParameters() {
        var viewer = stack.as("viewer");
        var admin = stack.as("admin");
        for (var path : List.of("/v1/journeys?identity=customer:x&type=%00", "/v1/journeys?identity=customer:x&channel=a%00b",
                "/v1/journeys?identity=customer:%00",
                "/v1/journeys?identity=%00:x", "/v1/journeys?identity=customer:x&cursor=%00",
                        "/v1/journeys?identity=customer:x&asOf=%00", "/v1/journeys?identity=customer:x&from=%00",
                "/v1/journeys?identity=customer:x&to=%00", "/v1/journeys?identity=customer:x&limit=%00", "/v1/journeys?%00=x",
                        "/v1/journeys/%00", "/v1/journeys/%00/explain?rule=x",
                "/v1/journeys/%00/digest", "/v1/journeys/00000000000000000000000000000000/explain?rule=%00", "/v1/findings?rule=%00",
                        "/v1/findings?status=%00",
                "/v1/findings?severity=%00", "/v1/findings?person=%00", "/v1/findings?since=%00", "/v1/findings?cursor=%00",
                        "/v1/findings?limit=%00", "/v1/findings/%00",
                "/v1/receipts?source=/a&id=b&position=%00", "/v1/receipts?source=/a&id=b&position=%00-0:0",
                "/v1/rules/%00", "/v1/rules/%00/versions", "/v1/rules/password-reset-spiral?version=%00", "/v1/backtests/%00",
                        "/v1/sources?limit=%00", "/v1/sources?cursor=%00",
                "/v1/sources/%00", "/v1/sources/a%00b", "/v1/%00")) {
            expect(path, 400, 499, () -> viewer.get(path));
        }
        expect("a receipt of source %00", 200, 499, () -> viewer.get("/v1/receipts?source=%00&id=x"));
        expect("a receipt of id %00", 200, 499, () -> viewer.get("/v1/receipts?source=/a&id=%00"));
        // Half a surrogate pair, overlong forms, a byte that is no UTF-8, and what no decoder decodes.
        for (var text : List.of("%ED%A0%80", "%C0%AF", "%FF", "%", "%zz", "%C0%80")) {
            expect("GET journeys of customer:" + text, 400, 499, () -> raw("GET", "/v1/journeys?identity=customer:" + text, "viewer", ""));
            expect("GET findings of rule " + text, 200, 499, () -> raw("GET", "/v1/findings?rule=" + text, "viewer", ""));
            expect("GET rule " + text, 400, 499, () -> raw("GET", "/v1/rules/" + text, "viewer", ""));
            expect("GET source " + text, 400, 499, () -> raw("GET", "/v1/sources/" + text, "viewer", ""));
        }
        expect("PUT /v1/sources/%00", 400, 499, () -> admin.send("/v1/sources/%00", request -> request
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{}"))));
        expect("PUT of a source with a NUL", 400, 499, () -> admin.send("/v1/sources/hostile-j", request -> request
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"channel\":\"a\\u0000b\",\"types\":[\"a\\u0000\"]}"))));
        expect("DELETE /v1/rules/%00", 400, 499, () -> admin.send("/v1/rules/%00", request -> request.DELETE()));
        expect("lookup of a NUL", 400, 499, () -> viewer.post("/v1/persons/lookup", "application/json",
                "{\"identity\":\"customer:\\u0000\"}".getBytes(UTF_8)));
        expect("a back-test of a source with a NUL", 202, 499, () -> admin.post("/v1/rules/password-reset-spiral/backtests",
                "application/json",
                "{\"source\":\"\\u0000\"}".getBytes(UTF_8)));
        for (var place : List.of("title", "id", "stage", "owner", "explain")) {
            expect("a rule with a NUL in its " + place, 200, 499, () -> admin.post("/v1/rules/validate", "application/json",
                    "{\"id\":\"hostile-j\",\"title\":\"t\",\"pattern\":\"init\",\"expect\":{\"type\":\"a.v1\"},\"%s\":\"a\\u0000b\"}"
                            .formatted(place).getBytes(UTF_8)));
        }
    }

    /// Data that are no JSON in UTF-8, or no data.
    void base64() {
        var source = "/channels/chat";
        var channel = stack.source(source);
        var json = "{\"callId\":\"c-1\"}";
        var forms = new LinkedHashMap<String, String>();
        forms.put("UTF-16", "\"" + Base64.getEncoder().encodeToString(json.getBytes(UTF_16)) + "\"");
        forms.put("UTF-16LE", "\"" + Base64.getEncoder().encodeToString(json.getBytes(UTF_16LE)) + "\"");
        forms.put("UTF-32", "\"" + Base64.getEncoder().encodeToString(json.getBytes(Charset.forName("UTF-32BE"))) + "\"");
        forms.put("overlong UTF-8", "\"" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("22c0af22")) + "\"");
        forms.put("a surrogate", "\"" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("22eda08022")) + "\"");
        forms.put("an empty text", "\"\"");
        forms.put("a list", "[]");
        forms.put("an object", "{}");
        forms.put("a number", "1234");
        forms.put("true", "true");
        forms.put("two documents", "\"" + Base64.getEncoder().encodeToString("{}{}".getBytes(UTF_8)) + "\"");
        forms.put("a field twice", "\"" + Base64.getEncoder().encodeToString("{\"a\":1,\"a\":2}".getBytes(UTF_8)) + "\"");
        forms.put("of a URL", "\"eyJhIjoiPz8_In0\"");
        forms.put("1e999999999", "\"" + Base64.getEncoder().encodeToString("1e999999999".getBytes(UTF_8)) + "\"");
        forms.put("1e99999999999", "\"" + Base64.getEncoder().encodeToString("1e99999999999".getBytes(UTF_8)) + "\"");
        forms.forEach((what, value) -> {
            var event = Events.event(source, "base64-" + what, "chat-started.v1", "customer:hostile-j", NOW);
            event.remove("data");
            var body = event.toString().replaceFirst("}$", ",\"data_base64\":" + Matcher.quoteReplacement(value) + "}");
            expect("data_base64 of " + what, 400, 400, () -> channel.post("/v1/events", "application/cloudevents+json",
                    body.getBytes(UTF_8)));
        });
    }

    /// Bodies that wait to be asked for.
    void expectations() {
        var event = Events.event("/channels/web", "expected-" + random.nextInt(), "chat-started.v1", "customer:hostile-j", NOW).toString();
        expect("Expect: 100-continue", 202, 202, () -> raw("POST", "/v1/events", "/channels/web",
                "Expect: 100-continue\r\nContent-Type: application/cloudevents+json\r\nContent-Length: " + event.length() + "\r\n\r\n"
                        + event));
        expect("Expect: 100-continue without a token", 401, 401, () -> raw("POST", "/v1/events", null,
                "Expect: 100-continue\r\nContent-Type: application/cloudevents+json\r\nContent-Length: " + event.length() + "\r\n\r\n"
                        + event));
        expect("Expect: 100-continue of a question", 200, 499, () -> raw("POST", "/v1/rules/validate", "viewer",
                "Expect: 100-continue\r\nContent-Type: application/yaml\r\nContent-Length: 5\r\n\r\nid: a"));
        expect("Expect: 100-continue of an import", 200, 200, () -> raw("POST", "/v1/imports", "operator",
                "Expect: 100-continue\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + event.length() + "\r\n\r\n" + event));
        expect("Expect: 100-continue in chunks", 202, 202, () -> raw("POST", "/v1/events", "/channels/web",
                "Expect: 100-continue\r\nContent-Type: application/cloudevents+json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "%x\r\n%s\r\n0\r\n\r\n".formatted(event.length(), event)));
        expect("Expect of something else", 202, 499, () -> raw("POST", "/v1/events", "/channels/web",
                "Expect: the-unexpected\r\nContent-Type: application/cloudevents+json\r\nContent-Length: " + event.length()
                        + "\r\n\r\n" + event));
    }

    /// What only a plain socket can send.
    ///
    /// @param caller a role, a source, or `null`
    /// @param rest of the request: headers, an empty line, the body; the body is held back where it is to be expected first
    private Answer raw(String method, String target, String caller, String rest) {
        var token = caller == null ? null : (caller.startsWith("/") ? stack.source(caller) : stack.as(caller)).token();
        var head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + (token == null ? "" : "Authorization: Bearer " + token
                + "\r\n");
        var text = head + (rest.isEmpty() ? "\r\n" : rest);
        int body = text.indexOf("\r\n\r\n") + 4;
        try (var connection = FuzzConnection.open(stack.port(), Duration.ofSeconds(15))) {
            var response = connection.exchange(text.substring(0, body).getBytes(UTF_8), text.substring(body).getBytes(UTF_8),
                    method.equals("HEAD"));
            if (!response.asked()) {
                throw new IOException("the body was neither asked for nor refused");
            }
            return response.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
