package io.throughline.ingest.sources;

import static io.throughline.ingest.sources.Definitions.AT;
import static io.throughline.ingest.sources.Definitions.register;
import static io.throughline.ingest.sources.Definitions.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.ingest.Position;
import io.throughline.ingest.Refusal;
import io.throughline.ingest.sources.SourceState.Registered;
import io.throughline.ingest.sources.SourceState.Removed;
import io.throughline.ingest.sources.SourceState.Unreadable;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceRegistryTest {

    private static final String WEB = "/channels/web";

    private final Definitions log = new Definitions();
    private final SourceRegistry registry = log.registry;

    @Test void whatIsRegisteredIsKnownByName() {
        log.given(register(WEB, null, "page-viewed.v1"));
        assertThat(registry.named(WEB)).isEqualTo(SourceDefinition.of(WEB, List.of("page-viewed.v1")));
        assertThat(registry.state(WEB)).isEqualTo(
                new Registered(SourceDefinition.of(WEB, List.of("page-viewed.v1")), 1, "operator", AT, new Position("definitions", 0, 0)));
        assertThat(registry.named("/channels/app")).isNull();
    }

    @Test void aNewDefinitionIsTheNextVersion() {
        log.given(register(WEB, null, "a"));
        log.given(register(WEB, null, "b"));
        assertThat(registry.state(WEB).version()).isEqualTo(2);
        assertThat(registry.named(WEB).types()).containsExactly("b");
    }

    @Test void theSameDefinitionIsNotWrittenAgain() {
        log.given(register(WEB, null, "a"));
        assertThat(registry.decide(register(WEB, null, "a"), "again")).isEmpty();
    }

    @Test void versionsRunOnOverARemoval() {
        log.given(register(WEB, null, "a"));
        log.given(remove(WEB, null));
        assertThat(registry.state(WEB)).isEqualTo(new Removed(2));
        assertThat(registry.named(WEB)).isNull();
        log.given(register(WEB, null, "a"));
        assertThat(registry.state(WEB).version()).isEqualTo(3);
    }

    @Test void aChangeBasedOnAnotherVersionIsRefused() {
        log.given(register(WEB, null, "a"));
        log.given(register(WEB, 1L, "b"));
        assertRefused(register(WEB, 1L, "c"), "version-mismatch");
        assertRefused(remove(WEB, 1L), "version-mismatch");
        assertRefused(register("/channels/app", 1L, "a"), "version-mismatch");
        log.given(remove(WEB, 2L));
        assertRefused(register(WEB, 3L, "a"), "version-mismatch");
    }

    @Test void whatIsNotRegisteredCannotBeRemoved() {
        assertRefused(remove(WEB, null), "not-found");
        log.given(register(WEB, null, "a"));
        log.given(remove(WEB, null));
        assertRefused(remove(WEB, null), "not-found");
    }

    @Test void ofTwoRecordsOfOneVersionTheFirstOnTheLogTakesEffect() {
        assertThat(log.write(registered(1, "first"))).isPresent();
        assertThat(log.write(registered(1, "second"))).isEmpty();
        assertThat(log.write(registered(3, "too far ahead"))).isEmpty();
        assertThat(registry.named(WEB).types()).containsExactly("first");
    }

    @Test void aDefinitionOfAnotherKindIsNotASource() {
        var rule = new DefinitionRecord("d", new DefinitionKey("rule", WEB), "rule-written.v1", 1, "operator", AT, null);
        assertThat(log.write(rule)).isEmpty();
        assertThat(registry.state(WEB)).isEqualTo(SourceState.NONE);
    }

    @Test void whatCannotBeReadCountsAsAVersionAndCanBeReplaced() {
        log.given(register(WEB, null, "a"));
        log.write(new DefinitionRecord("d", DefinitionKey.source(WEB), "source-registered.v2", 2, "operator", AT, null));
        assertThat(registry.state(WEB)).isInstanceOf(Unreadable.class);
        assertThat(registry.named(WEB)).isNull();
        log.write(new DefinitionRecord("e", DefinitionKey.source(WEB), SourceDefinition.REGISTERED, 3, "operator", AT,
                JsonNodeFactory.instance.objectNode().put("heartbeat", "soon")));
        assertThat(registry.state(WEB)).isInstanceOfSatisfying(Unreadable.class, unreadable -> assertThat(unreadable.reason()).startsWith("/heartbeat"));
        log.given(register(WEB, null, "b"));
        assertThat(registry.state(WEB)).isInstanceOf(Registered.class).extracting(SourceState::version).isEqualTo(4L);
    }

    @Test void pagesAreInTheOrderOfNamesAndCoverEverythingOnce() {
        List.of("/d", "/b", "/e", "/a", "/c").forEach(name -> log.given(register(name, null)));
        log.given(remove("/b", null));
        assertThat(names(registry.page(null, 2))).containsExactly("/a", "/c");
        assertThat(names(registry.page("/c", 2))).containsExactly("/d", "/e");
        assertThat(names(registry.page("/e", 2))).isEmpty();
    }

    @Test void thereIsALimitToNewSourcesButNotToNewVersions() {
        IntStream.range(0, SourceRegistry.MAX_SOURCES).forEach(i -> log.given(register("/systems/" + i, null)));
        assertRefused(register(WEB, null), "too-many-sources");
        assertThat(registry.decide(register("/systems/7", null, "a"), "d")).isPresent();
        log.given(remove("/systems/7", null));
        assertRefused(register(WEB, null), "too-many-sources");
        assertThat(registry.decide(register("/systems/7", null, "a"), "d")).isPresent();
    }

    static DefinitionRecord registered(long version, String type) {
        var value = JsonNodeFactory.instance.objectNode();
        value.putArray("types").add(type);
        return new DefinitionRecord("other-" + type, DefinitionKey.source(WEB), SourceDefinition.REGISTERED, version, "another", AT, value);
    }

    private void assertRefused(SourceChange change, String code) {
        assertThatThrownBy(() -> registry.decide(change, "d"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
    }

    private static List<String> names(List<Registered> page) {
        return page.stream().map(source -> source.definition().name()).toList();
    }
}
