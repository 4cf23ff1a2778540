package io.throughline.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.catalogue.Catalogue;
import io.throughline.events.catalogue.CatalogueCheck;
import io.throughline.events.json.CloudEventJson;
import io.throughline.events.json.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/// The catalogue on the command line, without a stack.
class EventsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyTypeIsListed() {
        assertThat(run("events")).isZero();
        assertThat(out.toString(UTF_8)).contains("address-changed.v1", "profile", "An agent takes the call.");
        assertThat(out.toString(UTF_8).lines()).hasSizeGreaterThan(Catalogue.types().size());
    }

    @Test
    void oneTypeIsShownWithItsFieldsAndAnEventToCopy() {
        assertThat(run("events", "address-changed.v1")).isZero();
        assertThat(out.toString(UTF_8)).contains("address.postcode", "one of postal, billing", "\"specversion\" : \"1.0\"");
    }

    @Test
    void eachExampleIsAnEventWithoutAWarning() throws Exception {
        assertThat(run("events", "--example")).isZero();
        for (var line : out.toString(UTF_8).lines().toList()) {
            var read = CloudEventJson.read(EventJson.mapper().readTree(line));
            assertThat(read).as(line).isInstanceOfSatisfying(CloudEventJson.Reading.Readable.class, readable ->
                    assertThat(CatalogueCheck.warnings(readable.event().attributes().type(), readable.event().data(), false)).as(line).isEmpty());
        }
        assertThat(out.toString(UTF_8).lines()).hasSize(Catalogue.types().size());
    }

    @Test
    void aSchemaIsPrinted() throws Exception {
        assertThat(run("events", "card-dispatched.v1", "--schema")).isZero();
        assertThat(EventJson.mapper().readTree(out.toString(UTF_8)).at("/properties/cardId/type").asText()).isEqualTo("string");
    }

    @Test
    void aMisspeltTypeIsToldTheRightOne() {
        assertThat(run("events", "adress-changed.v1")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("Did you mean address-changed.v1?");
        assertThat(run("events", "x")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("./throughline events");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return CommandLineInterface.run(new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 0), arguments);
    }
}
