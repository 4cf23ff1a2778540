package io.throughline.journey.project;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.outline.Outline;
import io.throughline.journey.rule.Overrun;
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

    /// Moves the evaluation time on as far as the log and the database's clock permit: at once and for all processes.
    void advanceTime();

    /// Whether it is worth a transaction to look for [Steps#waiting]: asked in one statement, because most of the time none is waiting. None is while the
    /// log is not read as far as the evaluation time, as when views are projected from the start: verdicts would rest on half a log.
    boolean mayBeWaiting();

    /// From now on this person is evaluated apart from others, because of its weight.
    void setApart(Token person);

    /// Sets aside a person whose evaluation fails: it is tried again apart from others, after pauses that grow with each failure, and
    /// [#MOST_PAUSE_SECONDS] at most. Its marks stay.
    ///
    /// @param reason for operations, without contents
    void setAside(Token person, String reason);

    /// The first pause of a person whose evaluation failed; each further one is twice as long.
    int FIRST_PAUSE_SECONDS = 5;
    int MOST_PAUSE_SECONDS = 3600;

    interface Steps extends FindingStore {

        /// The one evaluation time: never ahead of the log, nor of the database's clock when it was advanced; never earlier than before.
        Instant evaluationTime();

        /// How far the registered sources were heard, at an evaluation time.
        Watermarks watermarks(Instant at);

        /// Persons of our share with news, or with a verdict that changes by time or by a source being heard alone.
        ///
        /// Those with news come in the order of their tokens, from where the last look ended: a sweep reaches all of them, and the longer
        /// it takes, the more news of one journey are evaluated at once.
        List<Token> waiting(Instant at);

        /// Those of `persons` that no other transaction is evaluating, now locked by us.
        List<Token> lock(Collection<Token> persons);

        void takeMarks(Collection<Token> persons);

        /// Streams the journeys of `persons`, one after the other, each in its total order. Other steps may come in between.
        void load(Collection<Token> persons, Consumer<Touchpoint> journeys);

        /// Writes what evaluation says of each person beside its verdicts.
        void write(Instant at, Map<Token, Judged> judged);

        /// Which state of the rules is in force; it stays so until the transaction ends. The last step: while it is held, rules cannot change.
        long rulesRevision();
    }

    /// What evaluation says of one person, beside its verdicts.
    ///
    /// @param dueAt when to look again without news; `null` if never
    /// @param awaited by source, how far it must be heard for a verdict to change
    /// @param outline by which its journey is found
    /// @param weight what its evaluation costs: [Share#weight]
    /// @param overruns rules that were not evaluated to the end of the journey
    /// @param restUntil a person that is evaluated apart is left alone for so long; `null` for all others
    record Judged(@Nullable Instant dueAt, Map<String, Instant> awaited, PersonDigest digest, Outline outline, long weight, List<Overrun> overruns,
            @Nullable Instant restUntil) {

        static final Judged NOTHING = new Judged(null, Map.of(), new PersonDigest.Builder().finish(), Outline.EMPTY, 0, List.of(), null);
    }
}
