package io.throughline.events.catalogue;

import org.jspecify.annotations.Nullable;

/// What customers say about it all, to us and to others.
public sealed interface ExperienceEvent extends TouchpointEvent {

    @WireName("survey-answered.v1")
    @Meaning("The customer answered a survey.")
    record SurveyAnswered(
            @Meaning(value = "which kind: nps is answered from 0 to 10", oneOf = {"nps", "csat", "ces"}) String survey,
            @Meaning("the answer") int score,
            @Meaning(value = "what it was about", example = "delivery") @Nullable String about,
            @Meaning(value = "the answer in words", example = "quick and friendly") @Nullable String text) implements ExperienceEvent {}

    @WireName("review-posted.v1")
    @Meaning("The customer wrote a review.")
    record ReviewPosted(
            @Meaning(value = "where", example = "trustpilot") String site,
            @Meaning("how many") int stars,
            @Meaning(value = "in words", example = "never again") String text) implements ExperienceEvent {}

    @WireName("referral-made.v1")
    @Meaning("The customer recommended the company to somebody.")
    record ReferralMade() implements ExperienceEvent {}

    @WireName("customer-left.v1")
    @Meaning("The customer is no customer any more.")
    record CustomerLeft(
            @Meaning(value = "why, where that was said", example = "price") @Nullable String reason) implements ExperienceEvent {}
}
