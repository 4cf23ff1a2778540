package io.throughline.events;

import java.util.Objects;

/// Whom or what an event is about, as the log knows it.
public sealed interface Subject {

    /// The key of the event's Kafka record: all events of one subject lie in one partition, in order.
    String key();

    String namespace();

    /// A person's identity, by its token only. The namespace says what kind of identity it was (`customer`, `email`, `device`).
    record Person(Token token, String namespace) implements Subject {
        public Person {
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(namespace, "namespace");
        }

        @Override
        public String key() {
            return token.toString();
        }
    }

    /// An area or a source: a thing of the company's own, in plain text, without a journey.
    record Control(Identity identity) implements Subject {
        public Control {
            if (!identity.isControl()) {
                throw new IllegalArgumentException("a person's identity is not a control subject: " + identity);
            }
        }

        @Override
        public String key() {
            return identity.text();
        }

        @Override
        public String namespace() {
            return identity.namespace();
        }
    }
}
