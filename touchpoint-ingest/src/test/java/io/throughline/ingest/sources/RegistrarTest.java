package io.throughline.ingest.sources;

import static io.throughline.ingest.sources.Definitions.register;
import static io.throughline.ingest.sources.Definitions.remove;
import static io.throughline.ingest.sources.SourceRegistryTest.registered;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.definition.DefinitionRecord;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Refusal;
import io.throughline.ingest.sources.Registrar.Change;
import io.throughline.ingest.sources.SourceState.Registered;
import io.throughline.ingest.sources.SourceState.Removed;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RegistrarTest {

    private static final String WEB = "/channels/web";

    private final Definitions log = new Definitions();
    private final AtomicInteger ids = new AtomicInteger();

    @Test void aChangeIsOnTheLogAndInForceWhenItIsAnswered() {
        var change = make(register(WEB, null, "a"));
        assertThat(change.created()).isTrue();
        assertThat(change.state()).isEqualTo(log.registry.state(WEB)).isInstanceOf(Registered.class);
        assertThat(log.records).hasSize(1);
        assertThat(make(register(WEB, null, "b")).created()).isFalse();
        assertThat(make(remove(WEB, null)).state()).isEqualTo(new Removed(3));
        assertThat(make(register(WEB, null, "b")).created()).isTrue();
    }

    @Test void whatIsTrueAlreadyIsAnsweredWithoutWriting() {
        var first = make(register(WEB, null, "a"));
        assertThat(make(register(WEB, null, "a"))).isEqualTo(new Change(first.state(), false));
        assertThat(log.records).hasSize(1);
    }

    @Test void whoIsOvertakenByAnotherInstanceGoesNext() {
        log.race(registered(1, "theirs"), registered(2, "theirs again"));
        var change = make(register(WEB, null, "ours"));
        assertThat(change.state().version()).isEqualTo(3);
        assertThat(change.created()).isFalse();
        assertThat(log.registry.named(WEB).types()).containsExactly("ours");
        assertThat(log.records).extracting(DefinitionRecord::id).doesNotHaveDuplicates();
    }

    @Test void whoExpectedTheVersionThatAnotherInstanceReplacedIsTold() {
        make(register(WEB, null, "a"));
        log.race(registered(2, "theirs"));
        assertThat(refusal(registrar(Runnable::run), register(WEB, 1L, "ours"))).isEqualTo("version-mismatch");
        assertThat(log.registry.named(WEB).types()).containsExactly("theirs");
    }

    @Test void anOutageOfTheLogReachesTheCaller() {
        var gone = new DefinitionLog() {
            @Override
            public Optional<String> unread() {
                return Optional.empty();
            }

            @Override
            public Optional<SourceState> append(DefinitionRecord record) {
                throw ErrorCode.OUTCOME_UNKNOWN.refusal("why");
            }
        };
        assertThat(refusal(new Registrar(log.registry, gone, this::id, Runnable::run), register(WEB, null))).isEqualTo("outcome-unknown");
    }

    @Test void moreThanCanWaitIsRefused() {
        var full = registrar(_ -> {
            throw new RejectedExecutionException();
        });
        assertThat(refusal(full, register(WEB, null))).isEqualTo("log-busy");
    }

    private Change make(SourceChange change) {
        return registrar(Runnable::run).make(change).toCompletableFuture().join();
    }

    private Registrar registrar(Executor turns) {
        return new Registrar(log.registry, log, this::id, turns);
    }

    private String id() {
        return "d-" + ids.incrementAndGet();
    }

    private static String refusal(Registrar registrar, SourceChange change) {
        return ((Refusal) registrar.make(change).toCompletableFuture().exceptionNow()).problem().code();
    }
}
