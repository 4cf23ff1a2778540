package io.throughline.events.catalogue;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// What the company sends to many, and the outages it tells them about.
public sealed interface MessageEvent extends TouchpointEvent {

    @WireName("message-sent.v1")
    @Meaning("The company sent the customer a message.")
    record MessageSent(
            String messageId,
            @Meaning(value = "the campaign or process that sent it", example = "spring-offers") String campaign,
            @Meaning(value = "what it is about", example = "outage") String topic,
            @Meaning(value = "how it was sent", example = "email") String medium,
            @Meaning(value = "for the contract, or to sell", oneOf = {"service", "marketing"}) @Nullable String purpose,
            @Meaning(value = "the area that it speaks of", example = "LS1") @Nullable String area,
            @Meaning(value = "what the customer is told to do", example = "self-help") @Nullable String advice) implements MessageEvent {}

    @WireName("message-opened.v1")
    @Meaning("The customer opened a message.")
    record MessageOpened(
            @Meaning("of the message that was sent") String messageId) implements MessageEvent {}

    @WireName("greeting-sent.v1")
    @Meaning("The company congratulated or thanked.")
    record GreetingSent(
            @Meaning(value = "on what", example = "birthday") String occasion) implements MessageEvent {}

    @WireName("outage-declared.v1")
    @Meaning("A service fails in an area. Its subject is the area, as in area:LS1, not a person.")
    record OutageDeclared(
            String outageId,
            @Meaning(value = "where", example = "LS1") String area,
            @Meaning("since when") OffsetDateTime from,
            @Meaning("until when, once that is known") @Nullable OffsetDateTime to) implements MessageEvent {}
}
