package io.throughline.events.catalogue;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Conversations between customer and company: calls, chats, e-mail, and what was asked, promised and stated in them.
public sealed interface ContactEvent extends TouchpointEvent {

    @WireName("call-started.v1")
    record CallStarted(String callId, @Nullable String topic) implements ContactEvent {}

    @WireName("call-queued.v1")
    record CallQueued(String callId) implements ContactEvent {}

    @WireName("call-answered.v1")
    record CallAnswered(String callId, String agent, long waitSeconds) implements ContactEvent {}

    @WireName("call-ended.v1")
    record CallEnded(String callId, @Nullable Boolean resolved, long handleSeconds) implements ContactEvent {}

    @WireName("call-abandoned.v1")
    record CallAbandoned(String callId, long waitSeconds) implements ContactEvent {}

    @WireName("chat-started.v1")
    record ChatStarted(String chatId, @Nullable String topic) implements ContactEvent {}

    /// @param by `customer`, `agent` or `bot`
    @WireName("chat-message.v1")
    record ChatMessage(String chatId, String by, String text) implements ContactEvent {}

    @WireName("chat-ended.v1")
    record ChatEnded(String chatId, @Nullable Boolean resolved) implements ContactEvent {}

    @WireName("conversation-handed-over.v1")
    record ConversationHandedOver(@Nullable String callId, @Nullable String chatId, String to) implements ContactEvent {}

    @WireName("email-received.v1")
    record EmailReceived(String threadId, @Nullable String topic, @Nullable String text) implements ContactEvent {}

    @WireName("email-answered.v1")
    record EmailAnswered(String threadId, @Nullable String text) implements ContactEvent {}

    @WireName("information-requested.v1")
    record InformationRequested(String field, @Nullable String caseId) implements ContactEvent {}

    @WireName("information-given.v1")
    record InformationGiven(String field, @Nullable String caseId) implements ContactEvent {}

    @WireName("promise-made.v1")
    record PromiseMade(String promiseId, String what, OffsetDateTime due) implements ContactEvent {}

    @WireName("promise-kept.v1")
    record PromiseKept(String promiseId) implements ContactEvent {}

    /// What the company told the customer.
    @WireName("statement-made.v1")
    record StatementMade(String topic, @Nullable String caseId, String value) implements ContactEvent {}
}
