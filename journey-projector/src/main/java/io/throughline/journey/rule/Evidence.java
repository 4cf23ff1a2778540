package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;

/// An event that a verdict rests on, and what part it plays.
public record Evidence(EventRef event, Role role, Instant occurredAt) {

    /// The part an event plays in a verdict.
    public enum Role {
        ACTIVATION("activation", "the event itself"),
        RESPONSE("response", "what was expected"),
        LATE_RESPONSE("late-response", "what was expected, too late"),
        /// What had to come before, and did.
        PRECEDENT("precedent", "what had to come before"),
        /// What should not have come.
        FORBIDDEN("forbidden", "what must not come"),
        /// One of the events that were counted.
        COUNTED("counted", "what was counted"),
        /// The event next to the activation.
        NEIGHBOUR("neighbour", "the event next to it"),
        /// What closed the window too early.
        CLOSER("closer", "what ended the time for it"),
        /// What failed for good.
        FAILURE("failure", "the failure"),
        /// An earlier statement that says something else.
        STATEMENT("statement", "another statement"),
        /// A stage of a designed journey.
        STAGE("stage", "a stage"),
        /// The use of a fact.
        USE("use", "the use"),
        /// The setting of a fact that was in force, so should have been used.
        SETTING("setting", "the value in force"),
        /// The setting of a fact whose value was used.
        USED_SETTING("used-setting", "the value that was used");

        private final String wire;
        private final String words;

        Role(String wire, String words) {
            this.wire = wire;
            this.words = words;
        }

        /// In sentences for people.
        String words() {
            return words;
        }

        /// The word in answers and tables.
        public String wire() {
            return wire;
        }
    }

    static Evidence of(Role role, Touchpoint event) {
        return new Evidence(EventRef.to(event), role, event.occurredAt());
    }
}
