package io.throughline.events.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.throughline.events.json.EventJson;
import io.throughline.events.json.Violation;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What no rule will read is said, and nothing else.
class CatalogueCheckTest {

    @ParameterizedTest
    @MethodSource("io.throughline.events.catalogue.Catalogue#types")
    void theExampleOfATypeIsAsItShouldBe(EventType type) {
        assertThat(CatalogueCheck.warnings(type.name(), type.example(true), false)).isEmpty();
        assertThat(CatalogueCheck.warnings(type.name(), type.example(false), false)).isEmpty();
        assertThat(EventCodec.read(type.name(), type.example(true))).isNotInstanceOf(GenericTouchpoint.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "adress-changed.v1              | address-changed.v1",
        "address-changed                | address-changed.v1",
        "address-changed.v2             | address-changed.v1",
        "addressChanged.v1              | address-changed.v1",
        "ADDRESS_CHANGED                | address-changed.v1",
        "com.example.address-changed.v1 |",
        "card-dispatched.v1             |",
        "call-stared.v1                 | call-started.v1",
        "parcel-weighed.v1              |",
        "x                              |",
        "页面                            |"})
    void aMisspeltTypeIsSaid(String type, @Nullable String meant) {
        var data = JsonNodeFactory.instance.objectNode().put("cardId", "c-1");
        var warnings = CatalogueCheck.warnings(type, data, false);
        if (meant == null) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().satisfies(warning -> {
                assertThat(warning.pointer()).isEqualTo("/type");
                assertThat(warning.detail()).contains("did you mean " + meant + "?");
            });
            assertThat(CatalogueCheck.warnings(type, data, true)).as("once the source has registered it").isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "promise-kept.v1     | {}                                             | /data/promiseId      | is missing: promise-kept.v1 has a text here",
        "promise-kept.v1     |                                                | /data/promiseId      | is missing",
        "promise-kept.v1     | {'promiseId': null}                            | /data/promiseId      | is missing",
        "promise-kept.v1     | {'promiseId': 7}                               | /data/promiseId      | is a whole number: promise-kept.v1 has a text here",
        "promise-kept.v1     | {'promiseId': 'p', 'promisId': 'p'}            | /data/promisId       | is no field of promise-kept.v1: did you mean promiseId?",
        "promise-kept.v1     | {'promiseId': 'p', 'mood/~': 1, 'ink': 2}      | /data                | has fields that promise-kept.v1 has not: mood~1~0, ink; they are kept",
        "promise-kept.v1     | 'p-1'                                          | /data                | is a text: promise-kept.v1 has an object of fields here",
        "promise-kept.v1     | ['p-1']                                        | /data                | is a list",
        "parcel-weighed.v1   | ['p-1']                                        | /data                | is a list: rules read fields of an object only",
        "promise-made.v1     | {'promiseId': 'p', 'what': 'w', 'due': '9 May'} | /data/due           | is another value: promise-made.v1 has a time",
        "consent-changed.v1  | {'purpose': 'p', 'granted': 'yes'}             | /data/granted        | is a text: consent-changed.v1 has true or false here",
        "contract-signed.v1  | {'leadId': 'l', 'amount': 12.5}                | /data/amount         | is a number: contract-signed.v1 has an amount, as in",
        "contract-signed.v1  | {'leadId': 'l', 'amount': {'amount': '1.234', 'currency': 'GBP'}} | /data/amount | is another value",
        "call-answered.v1    | {'callId': 'c', 'agent': 'a', 'waitSeconds': 1.5} | /data/waitSeconds | is a number: call-answered.v1 has a whole number here",
        "rep-contacted.v1    | {'leadId': 'l', 'by': 'fax'}                   | /data/by             | is another value: rep-contacted.v1 has one of phone, in-person, email here",
        "order-placed.v1     | {'orderId': 'o', 'amount': {'amount': '1', 'currency': 'GBP'}, 'lines': {}} | /data/lines | is an object: order-placed.v1 has a list here",
        "shipment-dispatched.v1 | {'orderId': 'o', 'address': {'lines': ['x'], 'postcode': 'p', 'town': 't', 'city': 'c', 'country': 'GB'}} | /data/address | has fields that shipment-dispatched.v1 has not: town;",
        "shipment-dispatched.v1 | {'orderId': 'o', 'address': {'lines': [1], 'postcode': 'p', 'city': 'c', 'country': 'GB'}} | /data/address/lines | is a list of something else"})
    void whatDoesNotFitIsSaidAtItsPlace(String type, @Nullable String data, String pointer, String detail) throws JsonProcessingException {
        var json = data == null ? null : EventJson.mapper().readTree(data.replace('\'', '"'));
        assertThat(CatalogueCheck.warnings(type, json, false)).singleElement().satisfies(warning -> {
            assertThat(warning.pointer()).isEqualTo(pointer);
            assertThat(warning.detail()).startsWith(detail);
        });
    }

    @Test
    void aSenderIsWarnedOfTheFirstFewThings() {
        var data = JsonNodeFactory.instance.objectNode().put("promiseId", "p");
        IntStream.range(0, 10_000).forEach(i -> data.put("further-" + i + "x".repeat(200), i));
        assertThat(CatalogueCheck.warnings("promise-kept.v1", data, false)).hasSize(1)
                .allSatisfy(warning -> assertThat(warning.pointer().length() + warning.detail().length()).isLessThan(300));
    }

    @Test
    void misspeltFieldsAreSaidOneByOneUpToABound() {
        var data = JsonNodeFactory.instance.objectNode().put("promiseId", "p");
        for (char letter = 'a'; letter <= 'z'; letter++) {
            data.put("promiseId" + letter, 1);
        }
        assertThat(CatalogueCheck.warnings("promise-kept.v1", data, false)).hasSize(CatalogueCheck.MAX_WARNINGS)
                .allSatisfy(warning -> assertThat(warning.detail()).contains("did you mean promiseId?"));
    }

    /// Of one type the same name may stand in several objects, with other fields beside it.
    @Test
    void whatWasAskedBeforeMakesNoDifference() throws JsonProcessingException {
        var above = EventJson.mapper().readTree("{\"orderId\": \"o\", \"postcod\": \"p\"}");
        var within = EventJson.mapper().readTree(
                "{\"orderId\": \"o\", \"address\": {\"lines\": [\"x\"], \"postcode\": \"p\", \"postcod\": \"p\", \"city\": \"c\", \"country\": \"GB\"}}");
        for (int i = 0; i < 2; i++) {
            assertThat(CatalogueCheck.warnings("shipment-dispatched.v1", above, false)).extracting(Violation::pointer).containsExactly("/data");
            assertThat(CatalogueCheck.warnings("shipment-dispatched.v1", within, false)).extracting(Violation::pointer).containsExactly("/data/address/postcod");
        }
    }

    @Test
    void theOffendingValueIsNotRepeated() {
        var data = JsonNodeFactory.instance.objectNode().put("leadId", 1).put("by", "ada@example.org");
        assertThat(CatalogueCheck.warnings("rep-contacted.v1", data, false)).extracting(Violation::detail)
                .hasSize(2).noneMatch(detail -> detail.contains("ada@"));
    }

    @Test
    void ofSeveralSimilarNamesTheNearestIsMeant() {
        assertThat(SimilarName.to("chat-endd.v1", List.of("chat-ended.v1", "chat-enter.v1"))).contains("chat-ended.v1");
        assertThat(SimilarName.to("kidn", List.of("kind"))).as("too short for a slip").isEmpty();
        assertThat(SimilarName.to("a".repeat(100_000), List.of("a".repeat(64)))).isEmpty();
    }
}
