package io.throughline.bench;

import io.throughline.deploy.cli.Steps;

/// How far a run is, for whoever waits.
final class Progress {
    private final Steps steps;
    private final int all;
    private int done;

    /// @param all steps of the whole run, as far as they can be told beforehand
    Progress(Steps steps, int all) {
        this.steps = steps;
        this.all = all;
    }

    void begin(String what) {
        steps.begin(what);
        steps.show(done, all, what);
    }

    /// One step is done, with what it gave.
    void done(String line) {
        done++;
        steps.done(line);
        steps.show(done, all, "");
    }
}
