package io.throughline.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An event as a channel sends it: the subject still in plain text.
///
/// @param data the JSON of the event, or `null` where it has none
/// @param contentHash over the whole event as received, in normal form
public record CloudEvent(Attributes attributes, Identity subject, @Nullable JsonNode data, ContentHash contentHash) {

    public CloudEvent {
        Objects.requireNonNull(attributes, "attributes");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(contentHash, "contentHash");
    }

    /// The same event, with what its source left to be said by others: what was sent, and so the content hash, stays.
    public CloudEvent with(Attributes completed) {
        return new CloudEvent(completed, subject, data, contentHash);
    }

    /// The same event for the log, where persons have tokens.
    public Envelope addressedTo(Subject tokenised) {
        return new Envelope(attributes, tokenised, contentHash);
    }
}
