package io.throughline.events.catalogue;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// What the company sends to many, and the outages it tells them about.
public sealed interface MessageEvent extends TouchpointEvent {

    /// @param purpose `service` or `marketing`
    /// @param advice what the customer is told to do, as in `self-help`
    @WireName("message-sent.v1")
    record MessageSent(String messageId, String campaign, String topic, String medium, @Nullable String purpose, @Nullable String area,
            @Nullable String advice) implements MessageEvent {}

    @WireName("message-opened.v1")
    record MessageOpened(String messageId) implements MessageEvent {}

    @WireName("greeting-sent.v1")
    record GreetingSent(String occasion) implements MessageEvent {}

    /// Its subject is the area, not a person.
    @WireName("outage-declared.v1")
    record OutageDeclared(String outageId, String area, OffsetDateTime from, @Nullable OffsetDateTime to) implements MessageEvent {}
}
