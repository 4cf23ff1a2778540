package io.throughline.ingest.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.definition.SourceJson;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.Position;
import io.throughline.ingest.Sources;
import io.throughline.ingest.sources.SourceState.Registered;
import io.throughline.ingest.sources.SourceState.Removed;
import io.throughline.ingest.sources.SourceState.Unreadable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// All sources as the log has them: the fold of the topic `definitions`, and what may be added to it.
///
/// One thread evolves it in the order of the log; any may ask. Memory: the last version of each source.
public final class SourceRegistry implements Sources {

    /// Removed ones count, because their versions run on.
    public static final int MAX_SOURCES = 10_000;

    private final ConcurrentSkipListMap<String, SourceState> states = new ConcurrentSkipListMap<>();

    @Override
    public @Nullable SourceDefinition named(String name) {
        return states.get(name) instanceof Registered registered ? registered.definition() : null;
    }

    public SourceState state(String name) {
        return states.getOrDefault(name, SourceState.NONE);
    }

    /// Registered sources by name, in its order.
    ///
    /// @param after the last name of the page before; `null` for the first page
    public List<Registered> page(@Nullable String after, int limit) {
        var rest = after == null ? states : states.tailMap(after, false);
        return rest.values().stream().filter(Registered.class::isInstance).map(Registered.class::cast).limit(limit).toList();
    }

    /// What to write so that the change comes true; empty where it is true already.
    ///
    /// @param id for the record
    /// @throws io.throughline.ingest.Refusal `version-mismatch`, `not-found` or `too-many-sources`
    public Optional<DefinitionRecord> decide(SourceChange change, String id) {
        var state = state(change.name());
        requireExpected(change, state);
        return switch (change) {
            case SourceChange.Register register when register.definition().equals(named(register.name())) -> Optional.empty();
            case SourceChange.Register register -> {
                requireRoom(state);
                yield Optional.of(next(state, register, id, SourceDefinition.REGISTERED, SourceJson.write(register.definition())));
            }
            case SourceChange.Remove remove -> {
                requireRegistered(state);
                yield Optional.of(next(state, remove, id, SourceDefinition.REMOVED, null));
            }
        };
    }

    /// Takes the next record of the log.
    ///
    /// @return what is now in force because of it; empty where it has no effect: another record was first, or it is not about a source
    public Optional<SourceState> evolve(DefinitionRecord record, Position position) {
        var name = record.key().id();
        if (!record.key().kind().equals(DefinitionKey.SOURCE) || !record.follows(state(name).version())) {
            return Optional.empty();
        }
        var state = stateOf(record, position);
        states.put(name, state);
        return Optional.of(state);
    }

    private static SourceState stateOf(DefinitionRecord record, Position position) {
        return switch (record.type()) {
            case SourceDefinition.REMOVED -> new Removed(record.version());
            case SourceDefinition.REGISTERED -> {
                var value = record.value() == null ? MissingNode.getInstance() : record.value();
                yield switch (SourceJson.recorded(record.key().id(), value)) {
                    case SourceJson.Reading.Readable(var definition) -> new Registered(definition, record.version(), record.by(), record.at(), position);
                    case SourceJson.Reading.Invalid(var violations) ->
                            new Unreadable(record.version(), violations.getFirst().pointer() + " " + violations.getFirst().detail());
                };
            }
            default -> new Unreadable(record.version(), "its type is not known here");
        };
    }

    private static DefinitionRecord next(SourceState state, SourceChange change, String id, String type, @Nullable JsonNode value) {
        return new DefinitionRecord(id, DefinitionKey.source(change.name()), type, state.version() + 1, change.by(), change.at(), value);
    }

    private static void requireExpected(SourceChange change, SourceState state) {
        long found = state instanceof Registered ? state.version() : 0;
        if (change.expected() != null && change.expected() != found) {
            throw ErrorCode.VERSION_MISMATCH.refusal(found == 0
                    ? "The source is not registered: send the request without If-Match."
                    : "The source is at version " + found + ": read it, and send the change again with If-Match: \"" + found + "\".");
        }
    }

    private static void requireRegistered(SourceState state) {
        if (!(state instanceof Registered)) {
            throw ErrorCode.NOT_FOUND.refusal("No source of this name is registered.");
        }
    }

    private void requireRoom(SourceState state) {
        if (state.version() == 0 && states.size() >= MAX_SOURCES) {
            throw ErrorCode.TOO_MANY_SOURCES.refusal(
                    "There are " + MAX_SOURCES + " sources, removed ones included: register systems, not their users or sessions.");
        }
    }
}
