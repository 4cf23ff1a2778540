package io.throughline.journey.rule.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.journey.rule.time.BusinessCalendar;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The calendars that rules may name: the shipped ones, in whose place a file may put its own.
final class Calendars {

    private static final String SHIPPED = "/calendars.yaml";

    private final Map<String, BusinessCalendar> byName = new TreeMap<>();
    private final Map<String, String> fileByName = new HashMap<>();
    private final Map<String, JsonNode> documentByName = new HashMap<>();

    Calendars() {
        for (var document : Document.read(SHIPPED, RuleFiles.resource(SHIPPED))) {
            document.items().forEach(root -> CalendarReader.read(root).ifPresent(calendar -> byName.put(calendar.name(), calendar)));
        }
    }

    Map<String, BusinessCalendar> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /// As it is written, of one that a file has put there; a shipped one is none.
    Optional<JsonNode> document(String name) {
        return Optional.ofNullable(documentByName.get(name));
    }

    /// What is wrong with it is noted with the document.
    void add(String file, Element root) {
        CalendarReader.read(root).ifPresent(calendar -> {
            var other = fileByName.putIfAbsent(calendar.name(), file);
            if (other == null) {
                byName.put(calendar.name(), calendar);
                documentByName.put(calendar.name(), root.node());
            } else {
                root.at("calendar").fault("\"" + calendar.name() + "\" is taken by " + other);
            }
        });
    }
}
