package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where evaluation finds its work and leaves its verdicts, step by step in one transaction.
///
/// The order of the steps is what makes no event escape: an event's mark becomes visible with the event; marks are taken
/// under the person's lock, and journeys are loaded *after* that, so that they hold at least every event whose mark was taken.
/// A mark that comes in between stays for the next time.
public interface Evaluations {

    <T> T inTransaction(Function<Steps, T> steps);

    /// Moves the evaluation time on as far as the log and the database's clock permit: at once and for everybody.
    void advanceTime();

    /// Whether it is worth a transaction to look for [Steps#waiting]: asked in one question, because most of the time nobody is. Nobody is while the log is
    /// not read as far as the evaluation time, as when views are projected anew: who judged then would tell of half a log.
    boolean mayBeWaiting();

    interface Steps {

        /// The one evaluation time: never ahead of the log, nor of the database's clock when it was advanced; never earlier than before.
        Instant evaluationTime();

        /// Which state of the rules is in force; it stays so until the transaction ends.
        long rulesRevision();

        /// How far the registered sources were heard, at an evaluation time.
        Watermarks watermarks(Instant at);

        /// Persons of our share with news, or with a verdict that changes by time or by a source being heard alone.
        ///
        /// Those with news come in the order of their tokens, from where the last look ended: a sweep reaches everybody, and the longer
        /// it takes, the more news of one journey are evaluated at once.
        List<Token> waiting(Instant at);

        /// Those of `persons` that nobody else is evaluating, now locked by us.
        List<Token> lock(Collection<Token> persons);

        void takeMarks(Collection<Token> persons);

        /// Streams the journeys of `persons`, one after the other, each in its total order.
        void load(Collection<Token> persons, Consumer<Touchpoint> journeys);

        /// The findings behind which a verdict stood, or now stands.
        Map<Token, Map<FindingId, Finding>> told(Map<Token, Judged> judged);

        /// Writes verdicts, due times and revisions.
        void write(Instant at, Map<Token, Judged> judged, List<Finding> revisions);
    }

    /// What evaluation says of one person.
    ///
    /// @param found activations that are violated or undetermined
    /// @param dueAt when to look again without news; `null` if never
    /// @param awaited by source, how far it must be heard for a verdict to change
    /// @param restUntil a hot journey is left alone for so long; `null` for all others
    record Judged(List<Activation> found, @Nullable Instant dueAt, Map<String, Instant> awaited, PersonDigest digest, @Nullable Instant restUntil) {}
}
