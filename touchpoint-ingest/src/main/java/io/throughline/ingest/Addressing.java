package io.throughline.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.CloudEvent;
import io.throughline.events.Identity;
import io.throughline.events.Subject;
import io.throughline.events.Token;
import io.throughline.events.json.EventJson;
import io.throughline.events.log.EnvelopeWriter;
import io.throughline.events.log.LogRecord;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events as channels send them to records as the log keeps them: persons by token, data as compact JSON with its numbers as they were.
public final class Addressing {

    private final Vault vault;

    public Addressing(Vault vault) {
        this.vault = vault;
    }

    /// @return one record an event, in the same order
    public CompletionStage<List<LogRecord>> records(List<CloudEvent> events) {
        return vault.tokens(events.stream().flatMap(Addressing::persons).toList()).thenApply(tokens -> {
            var next = tokens.iterator();
            return events.stream().map(event -> record(event, next)).toList();
        });
    }

    /// Everyone an event names, in the order in which [#record] asks for their tokens.
    private static Stream<Identity> persons(CloudEvent event) {
        var subject = event.subject().isControl() ? Stream.<Identity>empty() : Stream.of(event.subject());
        return Stream.concat(subject, IdentityLink.identities(event).stream());
    }

    private static LogRecord record(CloudEvent event, Iterator<Token> tokens) {
        var identity = event.subject();
        var subject = identity.isControl() ? new Subject.Control(identity) : new Subject.Person(tokens.next(), identity.namespace());
        var data = IdentityLink.isLink(event) ? IdentityLink.tokenised(event.data(), List.of(tokens.next(), tokens.next())) : event.data();
        return EnvelopeWriter.write(event.addressedTo(subject), bytes(data));
    }

    private static byte @Nullable [] bytes(@Nullable JsonNode data) {
        try {
            return data == null ? null : EventJson.mapper().writeValueAsBytes(data);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON can be written", impossible);
        }
    }
}
