package io.throughline.events.definition;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// What is laid down about one source of events.
///
/// @param name the URI by which its events name it, as in `/channels/web`
/// @param channel of its events that name none themselves
/// @param types of event that it sends, in the order given; one that ends with `*` is a family. None: it may send any
/// @param heartbeat how often it gives a sign of life, events counting as such; `null` where it gives none
/// @param expectedDelay how long after they happened its events may arrive
/// @param clockSkew how far its clock may run ahead of ours; `null` where the general limit holds
public record SourceDefinition(
        String name, @Nullable String channel, SequencedSet<String> types, @Nullable Duration heartbeat, Duration expectedDelay,
        @Nullable Duration clockSkew) {

    /// [DefinitionRecord#type()] of a source that was registered, or registered anew; the value is as [SourceJson] has it.
    public static final String REGISTERED = "source-registered.v1";
    /// [DefinitionRecord#type()] of a source that was taken off the register; without a value.
    public static final String REMOVED = "source-removed.v1";

    /// The longest span that can be laid down.
    public static final Duration MAX_SPAN = Duration.ofDays(30);
    public static final int MAX_TYPES = 100;
    /// Most characters of a name, a channel or a type.
    public static final int MAX_TEXT = 256;

    private static final String FAMILY = "*";

    public SourceDefinition {
        types = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(types));
    }

    public static SourceDefinition of(String name, Collection<String> types) {
        return new SourceDefinition(name, null, new LinkedHashSet<>(types), null, Duration.ZERO, null);
    }

    /// Whether the source is registered for events of `type`, by name or by family; one without types is for all.
    public boolean sends(String type) {
        return types.isEmpty() || types.contains(type) || isOfFamily(type);
    }

    private boolean isOfFamily(String type) {
        for (var registered : types) {
            if (registered.endsWith(FAMILY) && type.startsWith(registered.substring(0, registered.length() - FAMILY.length()))) {
                return true;
            }
        }
        return false;
    }
}
