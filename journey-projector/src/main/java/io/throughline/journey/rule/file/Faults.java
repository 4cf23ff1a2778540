package io.throughline.journey.rule.file;

import com.fasterxml.jackson.core.JsonLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is wrong with one document of a rule file, collected so that its author learns all of it at once.
final class Faults {

    private final String file;
    private final Map<String, JsonLocation> places = new HashMap<>();
    private final List<RuleFault> faults = new ArrayList<>();
    private final List<RuleFault> warnings = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    void place(String pointer, JsonLocation location) {
        places.put(pointer, location);
    }

    /// At the place of `pointer` or, if nothing stands there, of what should have held it.
    void add(String pointer, String detail) {
        add(place(pointer), pointer, detail);
    }

    void add(JsonLocation location, String pointer, String detail) {
        faults.add(fault(location, pointer, detail));
    }

    /// What is not wrong, and yet hardly meant.
    void warn(String pointer, String detail) {
        warnings.add(fault(place(pointer), pointer, detail));
    }

    int line(String pointer) {
        return Math.max(0, place(pointer).getLineNr());
    }

    private JsonLocation place(String pointer) {
        var holder = pointer;
        while (!places.containsKey(holder) && !holder.isEmpty()) {
            holder = holder.substring(0, holder.lastIndexOf('/'));
        }
        return places.getOrDefault(holder, JsonLocation.NA);
    }

    private RuleFault fault(JsonLocation location, String pointer, String detail) {
        return new RuleFault(file, Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()), pointer, detail);
    }

    int count() {
        return faults.size();
    }

    List<RuleFault> warnings() {
        return List.copyOf(warnings);
    }

    List<RuleFault> all() {
        return List.copyOf(faults);
    }
}
