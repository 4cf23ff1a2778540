package io.throughline.journey.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version of a rule, as it came from the log of definitions.
///
/// @param number from 1, going on over removals
/// @param recordId of the record that brought it: tells whose of two writers it is
/// @param value as [io.throughline.journey.rule.file.WrittenRule#value] has it; `null` where the rule was removed
/// @param by the name of the key that asked for it, `at` when
public record RuleVersion(String id, long number, String recordId, @Nullable JsonNode value, String by, Instant at) {

    /// [io.throughline.events.definition.DefinitionRecord#type] of a new version.
    public static final String DEFINED = "rule-defined.v1";
    /// Of a removal: what is installed under the id, if anything, holds again.
    public static final String REMOVED = "rule-removed.v1";

    public boolean isRemoval() {
        return value == null;
    }
}
