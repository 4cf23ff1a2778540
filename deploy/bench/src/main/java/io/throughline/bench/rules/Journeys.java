package io.throughline.bench.rules;

import io.throughline.deploy.demo.Customer;
import io.throughline.deploy.demo.DemoEvent;
import io.throughline.deploy.demo.Population;
import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Token;
import io.throughline.events.catalogue.EventCodec;
import io.throughline.journey.Payload;
import io.throughline.journey.Position;
import io.throughline.journey.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Journeys of the demo's customers, a few of them wrong in some way, with all events in memory.
final class Journeys {

    /// Of each of the short journeys.
    static final int LENGTH = 20;
    private static final LocalDate DAY = LocalDate.of(2026, 4, 2);
    /// From the beginning of one customer's events to the next one's, in a journey that is made of several.
    private static final Duration LIFE = Duration.ofDays(61);

    private Journeys() {}

    /// The first events of as many customers.
    static List<List<Touchpoint>> ofTwenty(int count) {
        return new Population(1, DAY, 100 * count).customers()
                .map(Customer::events)
                .filter(events -> events.size() >= LENGTH)
                .limit(count)
                .map(events -> events.stream().limit(LENGTH).map(event -> touchpoint(event, event.at())).sorted().toList())
                .toList();
    }

    /// One long life, made of the lives of many, one after the other.
    static List<Touchpoint> ofOne(int length) {
        var journey = new ArrayList<Touchpoint>(length);
        var lives = new Population(1, DAY, length).customers().iterator();
        for (var shift = Duration.ZERO; journey.size() < length; shift = shift.plus(LIFE)) {
            for (var event : lives.next().events()) {
                journey.add(touchpoint(event, event.at().plus(shift)));
            }
        }
        return journey.stream().sorted().limit(length).toList();
    }

    /// After all that is owed has fallen due.
    static Instant longAfter(List<Touchpoint> journey) {
        return journey.getLast().occurredAt().plus(LIFE);
    }

    /// The same event as if it had just been read from a table: its data are text.
    static Touchpoint unparsed(Touchpoint event) {
        return new Touchpoint(event.token(), event.namespace(), event.key(), event.attributes(), event.order(), event.contentHash(), event.recordedAt(),
                event.position(), Payload.ofText(event.payload().text()));
    }

    private static Touchpoint touchpoint(DemoEvent event, Instant at) {
        var attributes = Attributes.of(event.source(), event.id(), EventCodec.wireName(event.what()), at.atOffset(ZoneOffset.UTC));
        var payload = Payload.ofJson(EventCodec.write(event.what()));
        return new Touchpoint(new Token(new UUID(0, 1)), event.subject().namespace(), attributes.key(), attributes, attributes.order(),
                new ContentHash(new UUID(0, 0)), at, new Position("touchpoints", 0, 0), payload);
    }
}
