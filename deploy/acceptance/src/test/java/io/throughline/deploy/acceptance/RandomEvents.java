package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Journeys by chance in which the shipped rules find much: few persons, addresses, promises and leads, and all deadlines long past.
final class RandomEvents {
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final int MINUTES = 60 * 24 * 40;
    private static final List<String> TYPES = List.of("address-changed.v1", "address-propagated.v1", "card-dispatched.v1", "card-delivered.v1",
            "promise-made.v1", "promise-kept.v1", "lead-created.v1", "rep-contacted.v1", "page-viewed.v1");

    private RandomEvents() {}

    /// Different events, about twenty a person, in a list of the caller's own.
    static List<ObjectNode> of(Random random, int events) {
        return new ArrayList<>(stream(random, events).toList());
    }

    /// The same, one after the other.
    static Stream<ObjectNode> stream(Random random, int events) {
        int persons = Math.max(1, events / 20);
        return IntStream.range(0, events).mapToObj(i -> event("e-" + i, random.nextInt(persons), random));
    }

    /// Of these events `share` a second time: one in `saying` of those says something else under the same id.
    static List<ObjectNode> again(List<ObjectNode> events, double share, int saying, Random random) {
        var again = new ArrayList<ObjectNode>();
        for (var event : events) {
            if (random.nextDouble() < share) {
                again.add(random.nextInt(saying) == 0 ? otherwise(event, random) : event);
            }
        }
        return again;
    }

    private static ObjectNode otherwise(ObjectNode event, Random random) {
        var other = event.deepCopy();
        other.withObject("data").put("version", 10 + random.nextInt(1_000));
        return other.put("time", START.plus(Duration.ofMinutes(random.nextInt(MINUTES))).toString());
    }

    private static ObjectNode event(String id, int person, Random random) {
        var type = TYPES.get(random.nextInt(TYPES.size()));
        var occurred = START.plus(Duration.ofMinutes(random.nextInt(MINUTES)));
        int one = random.nextInt(3);
        var event = Events.event(type.equals("address-propagated.v1") ? "/systems/card-dispatch" : "/channels/web", id, type, "customer:" + person, occurred);
        var data = event.withObject("data");
        data.put("addressId", "home").put("kind", "postal").put("version", one).put("cardId", "k" + one).put("promiseId", "p" + one).put("leadId", "l" + one);
        data.put("due", occurred.plus(Duration.ofHours(one)).toString()).putObject("address").put("city", "c" + one);
        return event;
    }
}
