package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.util.Objects;

/// An event, named by what names it everywhere: its source and its id.
public record EventRef(String source, String id) {

    public EventRef {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
    }

    static EventRef to(Touchpoint event) {
        return new EventRef(event.source(), event.id());
    }

    @Override
    public String toString() {
        return source + "#" + id;
    }
}
