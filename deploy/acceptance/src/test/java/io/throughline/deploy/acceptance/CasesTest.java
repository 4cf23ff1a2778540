package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every story gets exactly its findings, with the same ids, however its events arrive: each arrangement is told of other customers.
class CasesTest {
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

        /// Whom a story is about where it is arranged so.
        String customer(String subject) {
            return subject + "-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a stack said after one arrangement.
    ///
    /// @param asOf findings by story, as of the story's own time; `live` likewise, as of now
    /// @param again events that were sent a second time, and `duplicates` what became of them
    private record Heard(Map<String, List<Told>> asOf, Map<String, List<Told>> live, long again, long duplicates) {}

    @BeforeAll
    static void postAll() throws Exception {
        cases = SharedCase.all();
        var random = Seed.random(CasesTest.class);
        var events = cases.stream().map(SharedCase::events).flatMap(Collection::stream).toList();
        for (var arrangement : Arrangement.values()) {
            HEARD.put(arrangement, hear(Stack.common(), arrangement, arrangement.of(events, random)));
        }
    }

    private static Heard hear(Stack stack, Arrangement arrangement, List<JsonNode> events) {
        long before = duplicates(stack.settled());
        var operator = stack.as("operator");
        events.forEach(event -> operator.post(about(arrangement.customer(event.path("subject").asText()), event)).with(202));
        long duplicates = duplicates(stack.settled()) - before;
        var analyst = stack.as("analyst");
        var asOf = new HashMap<String, List<Told>>();
        var live = new HashMap<String, List<Told>>();
        for (var story : cases) {
            asOf.put(story.name(), told(analyst, "identity", arrangement.customer(story.subject()), "asOf", story.asOf()));
            live.put(story.name(), told(analyst, "identity", arrangement.customer(story.subject())));
        }
        return new Heard(asOf, live, events.size() - events.stream().distinct().count(), duplicates);
    }

    private static JsonNode about(String customer, JsonNode event) {
        return event.<ObjectNode>deepCopy().put("subject", customer);
    }

    private static long duplicates(JsonNode status) {
        return status.path("checkpoints").findValues("duplicates").stream().mapToLong(JsonNode::asLong).sum();
    }

    private static List<Told> told(Client analyst, String... journey) {
        return Told.of(analyst.get("/v1/journeys", journey).with(200).json());
    }

    @Test
    void theShuffledDeliveryHadDuplicatesAndTheyWereSeen() {
        assertThat(HEARD.values()).allSatisfy(heard -> assertThat(heard.duplicates).isEqualTo(heard.again));
        assertThat(HEARD.get(Arrangement.SHUFFLED_WITH_DUPLICATES).again).isPositive();
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
