package io.throughline.deploy.demo;

import io.throughline.events.Identity;
import io.throughline.events.catalogue.PostalAddress;
import io.throughline.events.catalogue.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// One customer while being made up: what happened so far, what is true of them now, and the time it is for them.
final class Life {
    private final String name;
    private final RandomGenerator random;
    private final List<DemoEvent> events = new ArrayList<>();
    private final List<PlantedFault> faults = new ArrayList<>();
    /// What they got in touch about.
    final Set<String> concerns = new HashSet<>();
    private Instant now;
    private int things;

    PostalAddress address;
    long addressVersion;
    String area;
    /// Empty as long as they were never asked.
    Optional<Boolean> marketing = Optional.empty();

    /// @param name unique; part of every id
    Life(String name, RandomGenerator random, Instant start) {
        this.name = name;
        this.random = random;
        this.now = start;
    }

    RandomGenerator random() {
        return random;
    }

    Instant now() {
        return now;
    }

    /// Lets time pass: some span between the two, to the second.
    Instant later(Duration least, Duration most) {
        now = now.plusSeconds(random.nextLong(least.toSeconds(), most.toSeconds() + 1));
        return now;
    }

    /// Nothing happens until then.
    void passTo(Instant then) {
        now = then;
    }

    /// Something happens now.
    void happens(String source, TouchpointEvent what) {
        events.add(new DemoEvent(source, name + "-" + (events.size() + 1), new Identity("customer", name), now, what));
    }

    /// The rule of `fault` must find something wrong with what happened last.
    void fault(Fault fault) {
        var last = events.getLast();
        faults.add(new PlantedFault(fault.rule(), last.source(), last.id()));
    }

    /// An id of this customer's own for a call, an order and so on.
    String thing(String kind) {
        return kind + "-" + name + "-" + ++things;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    Customer customer() {
        return new Customer("customer:" + name, events, faults);
    }
}
