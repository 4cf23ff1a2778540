package io.throughline.journey.rule.work;

/// A budget is used up: what was going on ends here.
///
/// It says nothing about where, so that it costs nothing to throw.
public final class Exhausted extends RuntimeException {

    private static final long serialVersionUID = 1;

    Exhausted(String reason) {
        super(reason, null, false, false);
    }
}
