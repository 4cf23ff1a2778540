package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;

/// An event that a verdict rests on, and what part it plays.
public record Evidence(EventRef event, Role role, Instant occurredAt) {

    /// The part an event plays in a verdict.
    public enum Role {
        ACTIVATION("activation"),
        RESPONSE("response"),
        LATE_RESPONSE("late-response"),
        /// What had to come before, and did.
        PRECEDENT("precedent"),
        /// What should not have come.
        FORBIDDEN("forbidden"),
        /// One of the events that were counted.
        COUNTED("counted"),
        /// The event next to the activation.
        NEIGHBOUR("neighbour"),
        /// What closed the window too early.
        CLOSER("closer"),
        /// What failed for good.
        FAILURE("failure"),
        /// An earlier statement that says something else.
        STATEMENT("statement"),
        /// A stage of a designed journey.
        STAGE("stage"),
        /// The use of a fact.
        USE("use"),
        /// The setting of a fact that was in force, so should have been used.
        SETTING("setting"),
        /// The setting of a fact whose value was used.
        USED_SETTING("used-setting");

        private final String wire;

        Role(String wire) {
            this.wire = wire;
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
