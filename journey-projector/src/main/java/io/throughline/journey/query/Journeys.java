package io.throughline.journey.query;

import io.throughline.events.Token;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.finding.Dismissal;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.source.SourceHealth;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be asked about journeys and findings. Everything asked within one [#read] comes from one snapshot.
public interface Journeys {

    <T> T read(Function<Snapshot, T> question);

    interface Snapshot {

        Meta meta();

        Status status();

        Warnings warnings();

        /// Persons whose evaluation fails, in order, after one; at most `limit`.
        List<SetAside> setAside(@Nullable Token after, int limit);

        /// Rules that were not evaluated to the end of a journey, by person in order, after one; of at most `limit` persons.
        List<OverBudget> overBudget(@Nullable Token after, int limit);

        /// How far the registered sources were heard, at the evaluation time of [#meta].
        Watermarks watermarks();

        /// What kind of identity stands behind a token; `null` where we have seen nothing of it.
        @Nullable String namespace(Token person);

        /// The first touchpoints that pass the filter, in order.
        Page<Touchpoint> touchpoints(Token person, TouchpointFilter filter, Room room);

        /// The whole journeys of `persons` as of a time, streamed: one after the other, each in its total order.
        void journeys(Collection<Token> persons, Instant through, Consumer<Iterator<Touchpoint>> touchpoints);

        /// Persons in order, after one.
        List<Token> persons(@Nullable Token after, int limit);

        /// Journeys that pass the filter, in the order of their persons, which new events do not change.
        ///
        /// @param after the last person of the page before; `null` at the beginning
        Page<FoundJourney> find(JourneyFilter filter, @Nullable Token after, int limit);

        /// How many journeys pass the filter, and `most` where there are more.
        long count(JourneyFilter filter, long most);

        /// What the journey and its verdicts amount to, as of its last evaluation; empty where there was none.
        Optional<PersonDigest> digest(Token person);

        /// A person's findings by their places, after one.
        Page<Finding> findingsOf(Token person, @Nullable FindingPlace after, Room room);

        /// How many findings there are of a person.
        long countFindingsOf(Token person);

        /// The findings of this id, in the order of their persons, at most `limit`: one, unless an event of one id was sent for several persons.
        ///
        /// @param person only this one's; `null` for anybody's
        List<Finding> findings(FindingId id, @Nullable Token person, int limit);

        /// The last decision on this finding; empty where there is none.
        Optional<Dismissal> dismissal(FindingId id, Token person);

        /// Findings that pass the filter, newest first.
        ///
        /// @param after where the last page ended; `null` at the beginning
        Page<ListedFinding> findings(FindingFilter filter, FindingSort sort, ListedFinding.@Nullable Place after, Room room);

        /// Whether anything was ever found by this rule.
        boolean hasFindingsOf(String rule);

        /// How many findings pass the filter.
        long countFindings(FindingFilter filter);

        /// Findings that pass the filter, counted.
        ///
        /// @param zone in which weeks begin
        /// @param most groups there are; where there would be more, the list has one more than that
        List<FindingGroup> findingGroups(FindingFilter filter, Set<FindingDimension> by, ZoneId zone, int most);

        /// How sources are doing, registered ones first, those that were only heard after them.
        Page<SourceHealth> sources(SourceHealth.@Nullable Place after, Room room);

        /// What the log has put in force of a rule, newest first, removals among it.
        ///
        /// @param before only older ones than this; `null` for all
        Page<RuleVersionEntry> ruleVersions(String rule, @Nullable Long before, Room room);

        Receipt receipt(String source, String id, @Nullable Position position);
    }
}
