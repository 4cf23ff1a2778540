package io.throughline.ingest;

import io.throughline.events.Problem;

/// An expected "no", with the problem to answer. Quiet: it carries no stack trace, because nothing is broken here.
public final class Refusal extends RuntimeException {

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
