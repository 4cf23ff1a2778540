package io.throughline.journey.rule.naive;

/// Conditions in CEL over the fields that [RandomJourneys] fills, or leaves out, or fills with another type.
///
/// @param ofTwo over `this` and `other`; else over `this` alone
record RandomConditions(Chance chance, boolean ofTwo) {

    String condition() {
        return condition(2);
    }

    private String condition(int depth) {
        return switch (chance.below(depth == 0 ? 4 : 8)) {
            case 0 -> "has(" + chance.of(event() + ".data.v", event() + ".data.w", event() + ".channel") + ")";
            case 1 -> field() + " in [" + chance.of("1, 2", "'x', 1", "'x', 'X'", "9007199254740992.0, 0.1") + "]";
            case 2 -> field() + operator() + chance.of("1", "2", "1.0", "9007199254740993", "9007199254740992.0", "0.1", "'x'", "true", "null");
            case 3 -> ofTwo ? chance.of("other.data.v >= this.data.v", "other.data.w == this.data.w", "this.source != other.source", "this.time < other.time")
                    : "this.data.v" + operator() + "this.data.w";
            case 4 -> "!(" + condition(depth - 1) + ")";
            case 5 -> "(" + condition(depth - 1) + ") || (" + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + ") && (" + condition(depth - 1) + ")";
        };
    }

    private String field() {
        return event() + chance.of(".data.v", ".data.w", ".data.k", ".source", ".channel", ".type");
    }

    private String event() {
        return ofTwo && chance.oneIn(2) ? "other" : "this";
    }

    private String operator() {
        return chance.of(" == ", " == ", " != ", " < ", " <= ", " > ", " >= ");
    }
}
