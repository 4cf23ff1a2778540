package io.throughline.deploy.acceptance;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every story gets exactly its findings, with the same ids, however its events arrive.
class CasesTest {
    private static final Set<String> SHIPPED = Set.of("address-change-unacknowledged", "stale-address-on-dispatch", "outage-notice-to-unaffected",
            "advice-already-followed", "already-entitled-offer", "marketing-during-open-complaint", "asked-again", "promise-broken", "contradictory-answers",
            "repeat-contact", "password-reset-spiral", "password-reset-call", "abandoned-checkout", "abandoned-form", "abandoned-call", "abandoned-chat",
            "lead-gone-cold", "warranty-unsettled", "undelivered", "contact-after-leaving", "marketing-without-consent", "inconsistent-quote");

    private static final Map<Arrangement, Heard> HEARD = new EnumMap<>(Arrangement.class);
    private static List<SharedCase> cases;

    /// In which order, and how often, the events of all stories arrive.
    enum Arrangement {
        GIVEN {
            @Override
            List<JsonNode> of(List<JsonNode> events, Random random) {
                return events;
            }
        },
        REVERSED {
            @Override
            List<JsonNode> of(List<JsonNode> events, Random random) {
                return events.reversed();
            }
        },
        SHUFFLED_WITH_DUPLICATES {
            @Override
            List<JsonNode> of(List<JsonNode> events, Random random) {
                var deck = new ArrayList<>(events);
                events.stream().filter(_ -> random.nextBoolean()).forEach(deck::add);
                Collections.shuffle(deck, random);
                return deck;
            }
        };

        abstract List<JsonNode> of(List<JsonNode> events, Random random);
    }

    /// What a stack said after one arrangement.
    ///
    /// @param rules those in force
    /// @param asOf findings by story, as of the story's own time; `live` likewise, as of now
    private record Heard(Set<String> rules, Map<String, List<Told>> asOf, Map<String, List<Told>> live, long duplicates) {}

    @BeforeAll
    static void postAll() throws Exception {
        cases = SharedCase.all();
        var random = Seed.random(CasesTest.class);
        var events = cases.stream().map(SharedCase::events).flatMap(Collection::stream).toList();
        for (var arrangement : Arrangement.values()) {
            try (var stack = Stack.on(Servers.shared(), "cases-" + arrangement.ordinal(), Map.of())) {
                HEARD.put(arrangement, hear(stack, arrangement.of(events, random)));
            }
        }
    }

    private static Heard hear(Stack stack, List<JsonNode> events) {
        var operator = stack.as("operator");
        events.forEach(event -> operator.post(event).with(202));
        var status = stack.settled();
        var analyst = stack.as("analyst");
        var asOf = new HashMap<String, List<Told>>();
        var live = new HashMap<String, List<Told>>();
        for (var story : cases) {
            asOf.put(story.name(), told(analyst, "identity", story.subject(), "asOf", story.asOf()));
            live.put(story.name(), told(analyst, "identity", story.subject()));
        }
        return new Heard(rules(analyst), asOf, live, status.path("checkpoints").findValues("duplicates").stream().mapToLong(JsonNode::asLong).sum());
    }

    private static Set<String> rules(Client analyst) {
        return analyst.get("/v1/rules").with(200).json().path("items").valueStream()
                .map(rule -> rule.path("id").asText())
                .collect(toSet());
    }

    private static List<Told> told(Client analyst, String... journey) {
        return Told.of(analyst.get("/v1/journeys", journey).with(200).json());
    }

    @Test
    void theRulebookHoldsTheShippedRules() {
        assertThat(HEARD.values()).allSatisfy(heard -> assertThat(heard.rules).isEqualTo(SHIPPED));
    }

    @Test
    void theShuffledDeliveryHadDuplicates() {
        assertThat(HEARD.get(Arrangement.SHUFFLED_WITH_DUPLICATES).duplicates).isPositive();
    }

    @ParameterizedTest(name = "{1}, {0}")
    @MethodSource("arrangedStories")
    void theStoryGetsItsFindingsAndNoOthers(Arrangement arrangement, SharedCase story) {
        var heard = HEARD.get(arrangement);
        var told = heard.asOf.get(story.name());
        var expected = story.expected();
        assertThat(told).extracting(Told::rule, Told::status, Told::activation)
                .containsExactlyInAnyOrderElementsOf(expected.stream().map(finding -> tuple(
                        finding.rule(), finding.status(), finding.activation())).toList());
        assertThat(expected).allSatisfy(finding -> assertThat(evidence(told, finding)).containsAll(finding.evidence()));
    }

    private static List<String> evidence(List<Told> told, SharedCase.Expected finding) {
        return told.stream().filter(one -> one.rule().equals(finding.rule()) && one.activation().equals(finding.activation()))
                .findFirst().orElseThrow().evidence();
    }

    /// Not only the ids: status, verdict and evidence, as of then and live.
    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void theFindingsAreTheSameInEveryOrder(SharedCase story) {
        var given = HEARD.get(Arrangement.GIVEN);
        assertThat(HEARD.values()).allSatisfy(heard -> {
            assertThat(heard.asOf.get(story.name())).containsExactlyInAnyOrderElementsOf(given.asOf.get(story.name()));
            assertThat(heard.live.get(story.name())).containsExactlyInAnyOrderElementsOf(given.live.get(story.name()));
        });
    }

    static Stream<Arguments> arrangedStories() {
        return cases.stream().flatMap(story -> Stream.of(Arrangement.values()).map(arrangement -> Arguments.of(arrangement, story)));
    }

    static Stream<SharedCase> stories() {
        return cases.stream();
    }
}
