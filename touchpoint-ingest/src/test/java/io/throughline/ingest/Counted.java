package io.throughline.ingest;

import java.util.ArrayList;
import java.util.List;

/// A tally to look at: `accepted`, `unknown`, `unregistered-type`, `warned` with a pointer, or the code of a refusal.
public final class Counted implements Tally {

    public final List<String> entries = new ArrayList<>();

    @Override
    public void accepted() {
        entries.add("accepted");
    }

    @Override
    public void rejected(String code) {
        entries.add(code);
    }

    @Override
    public void unknown() {
        entries.add("unknown");
    }

    @Override
    public void refused(String code) {
        entries.add(code);
    }

    @Override
    public void taken(Admission.Decision.Accepted event) {
        if (event.unregisteredType()) {
            entries.add("unregistered-type");
        }
        event.warnings().forEach(warning -> entries.add("warned " + warning.pointer()));
    }
}
