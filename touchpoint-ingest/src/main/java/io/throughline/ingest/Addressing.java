package io.throughline.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.CloudEvent;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.EnvelopeWriter;
import io.throughline.events.log.LogRecord;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Events as channels send them to records as the log keeps them: persons by token, data as compact JSON with its numbers as they were.
public final class Addressing {

    private final Vault vault;

    public Addressing(Vault vault) {
        this.vault = vault;
    }

    /// @return one record an event, in the same order
    public CompletionStage<List<LogRecord>> records(List<CloudEvent> events) {
        var persons = events.stream().map(CloudEvent::subject).filter(subject -> !subject.isControl()).toList();
        return vault.tokens(persons).thenApply(tokens -> {
            var next = tokens.iterator();
            return events.stream().map(event -> record(event, next)).toList();
        });
    }

    private static LogRecord record(CloudEvent event, Iterator<Token> tokens) {
        var identity = event.subject();
        var subject = identity.isControl() ? new Subject.Control(identity) : new Subject.Person(tokens.next(), identity.namespace());
        return EnvelopeWriter.write(event.addressedTo(subject), bytes(event.data()));
    }

    private static byte @Nullable [] bytes(@Nullable JsonNode data) {
        try {
            return data == null ? null : EventJson.mapper().writeValueAsBytes(data);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON can be written", impossible);
        }
    }
}
