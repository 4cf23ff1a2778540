package io.throughline.ingest.sources;

import io.throughline.events.definition.DefinitionCodec;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.log.LogRecord;
import io.throughline.ingest.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The topic in memory, with a registry that follows it at once. Records pass through their bytes.
final class Definitions implements DefinitionLog {

    static final Instant AT = Instant.parse("2026-03-02T18:12:00Z");

    final SourceRegistry registry = new SourceRegistry();
    final List<DefinitionRecord> records = new ArrayList<>();
    private final List<DefinitionRecord> rivals = new ArrayList<>();

    static SourceChange.Register register(String name, @Nullable Long expected, String... types) {
        return new SourceChange.Register(SourceDefinition.of(name, List.of(types)), expected, "operator", AT);
    }

    static SourceChange.Remove remove(String name, @Nullable Long expected) {
        return new SourceChange.Remove(name, expected, "operator", AT);
    }

    /// What another instance will have written, one record before each of our next ones.
    void race(DefinitionRecord... others) {
        rivals.addAll(List.of(others));
    }

    /// Decides and writes; for what is given in a test.
    Optional<SourceState> given(SourceChange change) {
        return registry.decide(change, "given-" + records.size()).flatMap(this::append);
    }

    @Override
    public Optional<String> unread() {
        return Optional.empty();
    }

    @Override
    public Optional<SourceState> append(DefinitionRecord record) {
        if (!rivals.isEmpty()) {
            write(rivals.removeFirst());
        }
        return write(record);
    }

    Optional<SourceState> write(DefinitionRecord record) {
        records.add(record);
        return registry.evolve(read(DefinitionCodec.write(record)), new Position("definitions", 0, records.size() - 1));
    }

    private static DefinitionRecord read(LogRecord bytes) {
        return ((DefinitionCodec.Reading.Readable) DefinitionCodec.read(bytes)).definition();
    }
}
