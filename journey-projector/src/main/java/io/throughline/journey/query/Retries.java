package io.throughline.journey.query;

import io.throughline.events.Token;
import org.jspecify.annotations.Nullable;

/// Lets persons who are set aside be evaluated again at once, instead of after their pause.
public interface Retries {

    /// @param person one of them; all if `null`
    /// @return how many
    int retry(@Nullable Token person);
}
