package io.throughline.events.catalogue;

import org.jspecify.annotations.Nullable;

/// What customers say about it all, to us and to others.
public sealed interface ExperienceEvent extends TouchpointEvent {

    /// @param survey `nps` (0 to 10), `csat` or `ces`
    @WireName("survey-answered.v1")
    record SurveyAnswered(String survey, int score, @Nullable String about, @Nullable String text) implements ExperienceEvent {}

    @WireName("review-posted.v1")
    record ReviewPosted(String site, int stars, String text) implements ExperienceEvent {}

    @WireName("referral-made.v1")
    record ReferralMade() implements ExperienceEvent {}

    @WireName("customer-left.v1")
    record CustomerLeft(@Nullable String reason) implements ExperienceEvent {}
}
