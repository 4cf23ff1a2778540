package io.throughline.journey.query;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What an operator should know although the projection goes on.
///
/// @param behind how far evaluation time is behind the database's clock
/// @param cause what evaluation time waits for
/// @param setAside persons whose evaluation fails; tried again after growing pauses
/// @param overBudget persons with a rule that was not evaluated to the end of the journey, because it would cost too much
/// @param unpublished revisions of findings that the topic refuses
public record Warnings(Duration behind, String cause, long setAside, long overBudget, long unpublished) {

    public static final Warnings NONE = new Warnings(Duration.ZERO, "", 0, 0, 0);

    /// Evaluation time further behind the clock than this is worth a warning: usually it is less than a second.
    private static final Duration FAR_BEHIND = Duration.ofSeconds(30);

    /// A sentence each, with what to do.
    public List<String> texts() {
        var texts = new ArrayList<String>();
        if (behind.compareTo(FAR_BEHIND) > 0) {
            texts.add("Verdicts are " + behind.truncatedTo(ChronoUnit.SECONDS) + " behind the clock: " + cause);
        }
        if (setAside > 0) {
            texts.add("Journeys that cannot be evaluated and are set aside: " + setAside + ". GET /v1/status/set-aside says why.");
        }
        if (overBudget > 0) {
            texts.add("Journeys with a rule that would cost too much and is undetermined: " + overBudget + ". GET /v1/status/over-budget lists them.");
        }
        if (unpublished > 0) {
            texts.add("Revisions of findings that their topic refuses: " + unpublished + ". They are tried again at the next start of the projector.");
        }
        return texts;
    }
}
