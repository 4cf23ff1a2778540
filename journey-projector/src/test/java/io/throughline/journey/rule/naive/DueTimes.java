package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The times at which something may change because of one event: when it occurs, and when what the rule counts from there is over.
record DueTimes(JsonNode rule) {

    Stream<Instant> of(PlainEvent event) {
        var spans = Stream.of("grace", "idle")
                .filter(rule::has)
                .map(name -> PlainTime.after(event.occurredAt(), rule.get(name).textValue(), PlainTime.zone(rule)));
        var deadline = new Reading(new Case(rule, List.of(), List.of(), Calendars.ALL, Instant.MIN, Instant.MIN)).deadline(event);
        var deadlines = Stream.ofNullable(deadline).filter(moment -> !moment.equals(Instant.MAX));
        return Stream.of(Stream.of(event.occurredAt()), spans, deadlines).flatMap(times -> times);
    }
}
