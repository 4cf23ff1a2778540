package io.throughline.deploy.demo;

import java.util.List;

/// One customer of the demo: all that happened, in order of time, and what of it was wrong.
public record Customer(String identity, List<DemoEvent> events, List<PlantedFault> faults) {
    public Customer {
        events = List.copyOf(events);
        faults = List.copyOf(faults);
    }
}
