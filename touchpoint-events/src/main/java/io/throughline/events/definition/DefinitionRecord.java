package io.throughline.events.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// One version of one definition, as it lies on the log.
///
/// Versions of a key run on without gaps, over removals too, and the log decides between writers: a record [#follows] what
/// was in force, or it has no effect. Two who wrote the same version at once thus agree on which of them was first, as does
/// everyone who reads the log later.
///
/// @param id of this record, never used twice
/// @param type what happened to the definition, as in `source-registered.v1`
/// @param version from 1 on
/// @param by the name of the key that asked for it; never a token
/// @param at when the writer was asked, not finer than a microsecond; when it was recorded, the log says
/// @param value the definition; `null` where the type says all
public record DefinitionRecord(String id, DefinitionKey key, String type, long version, String by, Instant at, @Nullable JsonNode value) {

    public DefinitionRecord {
        if (version < 1) {
            throw new IllegalArgumentException("the versions of a definition start with 1");
        }
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /// Whether this record takes effect.
    ///
    /// @param inForce the version of the key so far; 0 where there is none
    public boolean follows(long inForce) {
        return version == inForce + 1;
    }
}
