package io.throughline.events.catalogue;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Conversations between customer and company: calls, chats, e-mail, and what was asked, promised and stated in them.
public sealed interface ContactEvent extends TouchpointEvent {

    @WireName("call-started.v1")
    @Meaning("A customer calls.")
    record CallStarted(
            @Meaning("the same in all events of one call") String callId,
            @Meaning(value = "what it is about, in the words of the channel", example = "password-reset") @Nullable String topic) implements ContactEvent {}

    @WireName("call-queued.v1")
    @Meaning("The caller waits for an agent.")
    record CallQueued(String callId) implements ContactEvent {}

    @WireName("call-answered.v1")
    @Meaning("An agent takes the call.")
    record CallAnswered(
            String callId,
            @Meaning(value = "who, as the telephone system names agents", example = "agent-17") String agent,
            @Meaning("in the queue before") long waitSeconds) implements ContactEvent {}

    @WireName("call-ended.v1")
    @Meaning("The call is over.")
    record CallEnded(
            String callId,
            @Meaning("whether the matter is settled, where that was asked") @Nullable Boolean resolved,
            @Meaning("from the answer to the end") long handleSeconds) implements ContactEvent {}

    @WireName("call-abandoned.v1")
    @Meaning("The caller hung up before an agent answered.")
    record CallAbandoned(
            String callId,
            @Meaning("in the queue until then") long waitSeconds) implements ContactEvent {}

    @WireName("chat-started.v1")
    @Meaning("A customer opens a chat.")
    record ChatStarted(
            @Meaning("the same in all events of one chat") String chatId,
            @Meaning(value = "what it is about", example = "invoice") @Nullable String topic) implements ContactEvent {}

    @WireName("chat-message.v1")
    @Meaning("Somebody wrote in a chat.")
    record ChatMessage(
            String chatId,
            @Meaning(value = "who wrote it", oneOf = {"customer", "agent", "bot"}) String by,
            @Meaning(value = "as written", example = "Where is my order?") String text) implements ContactEvent {}

    @WireName("chat-ended.v1")
    @Meaning("The chat is over.")
    record ChatEnded(
            String chatId,
            @Meaning("whether the matter is settled, where that was asked") @Nullable Boolean resolved) implements ContactEvent {}

    @WireName("conversation-handed-over.v1")
    @Meaning("A call or chat was passed on to somebody else.")
    record ConversationHandedOver(
            @Nullable String callId,
            @Nullable String chatId,
            @Meaning(value = "the team or person who took it", example = "second-line") String to) implements ContactEvent {}

    @WireName("email-received.v1")
    @Meaning("A customer wrote an e-mail.")
    record EmailReceived(
            @Meaning("the same in all mails of one thread") String threadId,
            @Meaning(value = "what it is about", example = "refund") @Nullable String topic,
            @Meaning(value = "its text", example = "I have not had my refund yet.") @Nullable String text) implements ContactEvent {}

    @WireName("email-answered.v1")
    @Meaning("The company answered an e-mail.")
    record EmailAnswered(
            String threadId,
            @Meaning(value = "its text", example = "It was paid today.") @Nullable String text) implements ContactEvent {}

    @WireName("information-requested.v1")
    @Meaning("The company asked the customer for something.")
    record InformationRequested(
            @Meaning(value = "what was asked for", example = "meter-reading") String field,
            @Meaning("the case it was asked for, where there is one") @Nullable String caseId) implements ContactEvent {}

    @WireName("information-given.v1")
    @Meaning("The customer gave what could be asked for, asked or not.")
    record InformationGiven(
            @Meaning(value = "what was given", example = "meter-reading") String field,
            @Nullable String caseId) implements ContactEvent {}

    @WireName("promise-made.v1")
    @Meaning("The company promised the customer something by a time.")
    record PromiseMade(
            @Meaning("the same when it is kept") String promiseId,
            @Meaning(value = "in words", example = "call back about the invoice") String what,
            @Meaning("by when") OffsetDateTime due) implements ContactEvent {}

    @WireName("promise-kept.v1")
    @Meaning("What was promised was done.")
    record PromiseKept(
            @Meaning("of the promise") String promiseId) implements ContactEvent {}

    @WireName("statement-made.v1")
    @Meaning("The company told the customer something that it may be held to.")
    record StatementMade(
            @Meaning(value = "what about", example = "cancellation-fee") String topic,
            @Meaning("the case it was said in, where there is one") @Nullable String caseId,
            @Meaning(value = "what was said, in a form that can be compared", example = "none") String value) implements ContactEvent {}
}
