package io.throughline.events;

import java.util.Objects;

/// An event as it lies on the log, but for its `data`: attributes, subject by token, and the hash of what the channel sent.
public record Envelope(Attributes attributes, Subject subject, ContentHash contentHash) {

    public Envelope {
        Objects.requireNonNull(attributes, "attributes");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(contentHash, "contentHash");
    }
}
