package io.throughline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.events.access.Scope;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.json.EventJson;
import io.throughline.ingest.sources.DefinitionLog;
import io.throughline.ingest.sources.SourceState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// Events, callers and limits for tests.
public final class Events {

    public static final Instant NOW = Instant.parse("2026-03-02T18:12:00Z");
    public static final Principal WEB = new Principal.Channel("/channels/web", "/channels/web", Set.of(Scope.POST));
    public static final Principal OPERATOR = new Principal.Staff("operator", Set.of(Role.OPERATOR));
    public static final Limits LIMITS = new Limits(1024, 8192, 100, Duration.ofDays(1));

    /// Nobody has registered anything.
    public static final Sources UNREGISTERED = _ -> null;

    /// Has been read to its end, and takes nothing.
    public static final DefinitionLog DEFINITIONS = new DefinitionLog() {
        @Override
        public Optional<String> unread() {
            return Optional.empty();
        }

        @Override
        public Optional<SourceState> append(DefinitionRecord record) {
            return Optional.empty();
        }
    };

    private Events() {}

    public static ObjectNode event(String id) {
        return EventJson.mapper().createObjectNode()
                .put("specversion", "1.0").put("id", id).put("source", "/channels/web").put("type", "profile-viewed.v1")
                .put("subject", "customer:4711").put("time", NOW.toString());
    }

    public static ByteBuffer bytes(Object text) {
        return ByteBuffer.wrap(text.toString().getBytes(UTF_8));
    }

    public static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
