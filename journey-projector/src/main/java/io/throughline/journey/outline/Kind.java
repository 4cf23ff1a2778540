package io.throughline.journey.outline;

import io.throughline.journey.rule.Digest128;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What kind of touchpoint: the same event sent by the same source in the same channel.
public record Kind(String type, @Nullable String channel, String source) {

    /// Names it in tables. Neither word holds a control character.
    public UUID id() {
        return Digest128.of(type + '\0' + source + (channel == null ? "" : '\0' + channel));
    }
}
