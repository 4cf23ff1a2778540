package io.throughline.ingest.imports;

import io.throughline.ingest.Admission.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an import is warned of: each thing once, with the number of its events. A file of a million events with one misspelt field has one warning.
final class ImportWarnings {

    /// Of different ones; events with further ones are counted.
    private static final int MAX_LISTED = 100;

    private final Map<Key, Summary.Warning> listed = new LinkedHashMap<>();
    private long events;

    private record Key(String type, String pointer, String detail) {}

    void add(long line, Decision.Accepted accepted) {
        if (accepted.warnings().isEmpty()) {
            return;
        }
        events++;
        var type = accepted.event().attributes().type();
        for (var warning : accepted.warnings()) {
            var key = new Key(type, warning.pointer(), warning.detail());
            var known = listed.get(key);
            if (known != null) {
                listed.put(key, new Summary.Warning(type, warning.pointer(), warning.detail(), known.events() + 1, known.line()));
            } else if (listed.size() < MAX_LISTED) {
                listed.put(key, new Summary.Warning(type, warning.pointer(), warning.detail(), 1, line));
            }
        }
    }

    long events() {
        return events;
    }

    List<Summary.Warning> listed() {
        return List.copyOf(listed.values());
    }
}
