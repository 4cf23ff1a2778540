package io.throughline.deploy.acceptance;

import static io.throughline.deploy.acceptance.FuzzGrammar.asBytes;
import static io.throughline.deploy.acceptance.FuzzGrammar.pick;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.deploy.acceptance.FuzzRequest.Framing;
import io.throughline.deploy.acceptance.FuzzRequest.Header;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// What becomes of a request that was fine: one to four small changes, each to method, target, headers, caller, framing or body.
final class FuzzMutations {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO",
            "CONNECT", "get", "G ET", "");
    private static final List<String> TEXTS = List.of("", " ", "\0", "a\0b", "null", "true", "-0", "NaN", "1e999", "../..", "%00",
            "${jndi:ldap://x}", "'; DROP TABLE g1.touchpoint; --",
            "\r\nX: y", "語", "é".repeat(300), "x".repeat(1_100), "\u202Efdp", "\uFEFF", "*", "a*", "/", "//x", "customer:", ":x",
            "source:/a", "area:x", "0", "-1", "99999999999999999999",
            "9".repeat(101), "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2026-02-30T00:00:00Z",
            "2026-03-02T18:12:00+18:01", "2026-03-02T23:59:60Z", "P1D", "PT-1S", "P99999999999D", "PT1e9S",
            "{deadline}", "this.data.n / 0 == 1", "this.data.l.all(x, this.data.l.all(y, x == y))", "fuzz-0",
            "00000000000000000000000000000000");
    /// As they stand, in JSON.
    private static final List<String> VALUES = List.of("null", "true", "[]", "{}", "\"\"", "0", "-1", "1.5", "1e999999999", "1e99999999999",
            "-1e-999999999", "9".repeat(101), "9".repeat(1_001), "2147483648", "9223372036854775808",
            "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "[".repeat(50) + "]".repeat(50), "[".repeat(600) + "]".repeat(600),
            "{\"a\":".repeat(100) + "1" + "}".repeat(100), "[1,2", "NaN", "01", "'x'", "\"a\nb\"",
            "{\"a\":1,\"a\":2}", "{\"\":{\"\":null}}", "[" + "1,".repeat(2_000) + "1]");
    private static final List<String> ESCAPES = List.of("%00", "%2e%2e", "%2F", "%5c", "%", "%zz", "%u0041", "%ff", "%c0%af",
            "%ed%a0%80", "%F0%9F%98%80", "%0d%0a", "%20", "+", "%25", ";a=b", "//", "/./", "/../", "..;/",
            "\u00ff", "#x", "?", "&", "=", "&&", "[]", "\"", "<", "|", "{", "\t", " ", "\0");
    private static final List<Header> HEADERS = Stream.concat(Stream.of("X-Long: " + "x".repeat(9_000), "X-Longer: " + "x".repeat(40_000),
            "Idempotency-Key: " + "\u00ff".repeat(300), "Accept-Language: " + "x".repeat(500), "ce-" + "x".repeat(200) + ": y"), """
            Content-Type: application/json
            Content-Type: application/cloudevents+json
            Content-Type: application/cloudevents-batch+json
            Content-Type: application/yaml
            Content-Type: application/x-ndjson
            Content-Type: text/plain
            Content-Type:
            Content-Type: nonsense
            Content-Type: application/json; charset=utf-16
            Content-Type: application/json;;="\\
            Content-Type: */*
            Content-Type: multipart/form-data; boundary=x
            Content-Type: application/x-www-form-urlencoded
            Content-Encoding: gzip
            Content-Encoding: br
            Content-Encoding: gzip, gzip
            Content-Encoding: identity
            Content-Encoding:
            Expect: 100-continue
            Expect: x
            Range: bytes=0-1
            Range: bytes=-
            Accept: text/html
            Accept: application/xml;q=2
            Accept: ///
            Accept:
            Accept-Encoding: gzip, deflate, br, *;q=0
            If-Match: "1"
            If-Match: *
            If-Match: "99999999999999999999"
            If-Match: W/"1"
            If-None-Match: *
            If-Modified-Since: yesterday
            Authorization: Basic eDp4
            Authorization: Bearer
            Authorization: Bearer \u00ff\u00fe
            Authorization: Digest username="x"
            Cookie: a=b; =; \u00ff
            Origin: null
            Access-Control-Request-Method: FOO
            X-HTTP-Method-Override: DELETE
            Forwarded: for=x;by=
            X-Forwarded-For: 1.2.3.4, ::1
            X-Forwarded-Host: evil
            X-Forwarded-Prefix: /x
            Upgrade: h2c
            Upgrade: websocket
            Connection: upgrade, close
            Connection: content-type
            TE: trailers
            Trailer: x
            Via: 1.1 x
            Max-Forwards: 0
            Host:
            Host: x:y:z
            Idempotency-Key: a
            ce-id: %00
            ce-id: %
            ce-time: x
            ce-specversion: 0.3
            ce-subject: %ff
            ce-contenthash: 0
            traceparent: 00-x
            """.lines()).map(line -> line.split(":", 2)).map(parts -> new Header(parts[0], parts[1].strip())).toList();
    private static final List<String> CALLERS = List.of("", "tl_wrong", "viewer", "analyst", "agent", "lead", "operator", "privacy",
            "admin", "/channels/web", "/systems/crm");

    private final Random random;

    FuzzMutations(Random random) {
        this.random = random;
    }

    FuzzRequest of(FuzzRequest request) {
        var mutated = request;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    private FuzzRequest once(FuzzRequest request) {
        return switch (random.nextInt(request.body().length == 0 ? 6 : 12)) {
            case 0 -> random.nextInt(3) == 0 ? request.withMethod(pick(random, METHODS)) : request.withCaller(pick(random, CALLERS));
            case 1, 2 -> request.withTarget(target(request.target()));
            case 3 -> query(request);
            case 4 -> header(request);
            case 5 -> random.nextInt(4) == 0 ? framing(request) : header(request);
            case 6, 7, 8 -> request.withBody(json(request.body()));
            case 9 -> request.withBody(text(request.body()));
            default -> request.withBody(bytes(request.body()));
        };
    }

    private String target(String target) {
        int at = random.nextInt(target.length() + 1);
        return switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> target.substring(0, at) + pick(random, ESCAPES) + target.substring(at);
            case 4 -> target.substring(0, at);
            case 5 -> target.substring(at);
            case 6 -> target + pick(random, List.of("/", "/x", "/..", "/%2e%2e/", "?", "#", "/" + "a".repeat(300)));
            case 7 -> target.substring(0, at) + "a".repeat(random.nextInt(20) == 0 ? 70_000 : 5_000) + target.substring(at);
            default -> pick(random, List.of("*", "http://localhost/v1/status", "//v1/status", "/v1", "/v1/", "/", "/q/health/ready",
            "/q/health", "/q/metrics", "/q/openapi", "/v1/identities/tokens", "/V1/status", "/v1/%73tatus", "localhost:80",
            "/v1/customers/customer:x", "/v1/events/", "/v1/journeys//explain", "/v1/rules/validate/backtests"));
        };
    }

    /// Parameters twice, without a value, with another, and ones that are none.
    private FuzzRequest query(FuzzRequest request) {
        var target = request.target();
        int query = target.indexOf('?');
        var pairs = new ArrayList<>(List.of(query < 0 ? new String[] {"limit=10"} : target.substring(query + 1).split("&", -1)));
        int at = random.nextInt(pairs.size());
        var name = pairs.get(at).split("=", 2)[0];
        switch (random.nextInt(6)) {
            case 0 -> pairs.add(pairs.get(at));
            case 1 -> pairs.set(at, name);
            case 2 -> pairs.set(at, name + "=");
            case 3 -> pairs.add("nothing=" + encoded(pick(random, TEXTS)));
            case 4 -> pairs.set(at, encoded(pick(random, TEXTS)) + "=x");
            default -> pairs.set(at, name + "=" + encoded(pick(random, TEXTS)));
        }
        return request.withTarget((query < 0 ? target : target.substring(0, query)) + "?" + String.join("&", pairs));
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            boolean plain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' || b == '.' || b == '_';
            encoded.append(plain ? "" + (char) b : "%%%02x".formatted(b & 0xff));
        }
        return encoded.toString();
    }

    private FuzzRequest header(FuzzRequest request) {
        var headers = new ArrayList<>(request.headers());
        var other = pick(random, HEADERS);
        switch (random.nextInt(7)) {
            case 0 -> {
                if (!headers.isEmpty()) {
                    headers.remove(random.nextInt(headers.size()));
                }
            }
            case 1 -> headers.add(other);
            case 2 -> {
                for (int i = 0; i < 150; i++) {
                    headers.add(new Header("X-" + i, "y"));
                }
            }
            case 3 -> headers.add(new Header(pick(random, List.of("X", "X Y", "", ":", "X\0", "\u00ff", "x".repeat(300))),
                    asBytes(pick(random, TEXTS))));
            default -> {
                return request.withHeader(other.name(), other.value());
            }
        }
        return request.withHeaders(headers);
    }

    private FuzzRequest framing(FuzzRequest request) {
        var wrong = pick(random, List.of(new Header("Content-Length", "-1"), new Header("Content-Length", "x"),
                new Header("Content-Length", "99999999999999999999"), new Header("Content-Length", "0"),
                new Header("Content-Length", "" + (request.body().length + 10)), new Header("Content-Length", ""
                        + request.body().length / 2), new Header("Content-Length", "6000000"), new Header("Content-Length", "+5"),
                        new Header("Content-Length", "5, 5"),
                new Header("Transfer-Encoding", "chunked"), new Header("Transfer-Encoding", "gzip, chunked"),
                        new Header("Transfer-Encoding", "x"), new Header("Transfer-Encoding", "chunked, chunked")));
        return switch (random.nextInt(4)) {
            case 0 -> request.withFraming(Framing.CHUNKED);
            case 1 -> request.withFraming(Framing.WRONG);
            default -> request.withHeader(wrong.name(), wrong.value()).withFraming(Framing.WRONG);
        };
    }

    /// Another value in the place of one, or a member more or less; where it is no JSON, another text.
    private byte[] json(byte[] body) {
        try {
            var tree = EventJson.mapper().readTree(body);
            var places = new ArrayList<JsonNode>();
            collect(tree, places);
            if (places.isEmpty()) {
                return pick(random, VALUES).getBytes(UTF_8);
            }
            // A name that stands for the value until it is text: a tree cannot hold what is no JSON.
            var mark = "fuzz-place-" + random.nextInt(1_000_000);
            var place = pick(random, places);
            var value = random.nextInt(3) > 0 ? pick(random, VALUES) : EventJson.mapper().writeValueAsString(pick(random, TEXTS));
            if (place instanceof ObjectNode object) {
                var names = new ArrayList<String>();
                object.fieldNames().forEachRemaining(names::add);
                var name = names.isEmpty() || random.nextInt(6) == 0 ? pick(random, TEXTS) : pick(random, names);
                if (random.nextInt(5) == 0) {
                    object.remove(name);
                } else {
                    object.put(name, mark);
                }
            } else if (place instanceof ArrayNode array) {
                if (!array.isEmpty() && random.nextBoolean()) {
                    array.set(random.nextInt(array.size()), TextNode.valueOf(mark));
                } else {
                    array.add(mark);
                }
            }
            return tree.toString().replace("\"" + mark + "\"", value).getBytes(UTF_8);
        } catch (IOException | RuntimeException notJson) {
            return text(body);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(member -> collect(member, places));
        }
    }

    /// A word of it becomes another: of YAML, lines, or JSON that is none any more.
    private byte[] text(byte[] body) {
        var text = new String(body, ISO_8859_1);
        var words = text.split("(?<=[\\s:,{}\\[\\]\"])|(?=[\\s:,{}\\[\\]\"])");
        int at = random.nextInt(words.length);
        words[at] = switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> words[at] + words[at];
            case 2 -> pick(random, List.of("&a [*a]", "*a", "!!java.lang.Runtime", "!!binary x", "<<: *b", "? ", "- ", "|\n", "---\n",
            "...\n", "%YAML 9", "\t", "{", "}", "[", "]", "\"", "'", "#", "~", "0x7f", "1_000", ".inf", "2026-01-01", "yes"));
            case 3 -> asBytes(pick(random, VALUES));
            default -> asBytes(pick(random, TEXTS));
        };
        return String.join("", words).getBytes(ISO_8859_1);
    }

    private byte[] bytes(byte[] body) {
        if (body.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(body.length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> Arrays.copyOfRange(body, at, body.length);
            case 2 -> concat(body, body);
            case 3 -> concat(Arrays.copyOf(body, at), new byte[random.nextInt(30) == 0 ? 300_000 : 100], Arrays.copyOfRange(body, at,
                    body.length));
            default -> {
                var changed = body.clone();
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                yield changed;
            }
        };
    }

    private static byte[] concat(byte[]... parts) {
        var all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
