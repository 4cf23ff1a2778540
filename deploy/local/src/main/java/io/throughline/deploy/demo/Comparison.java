package io.throughline.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.cli.Table;
import io.throughline.deploy.cli.Terminal;
import java.util.HashSet;
import java.util.Set;

/// Planted faults beside the findings about the same customers' events.
final class Comparison {
    private static final Set<String> TAKEN_BACK = Set.of("withdrawn", "dismissed");

    private final Set<PlantedFault> planted = new HashSet<>();
    private final Set<PlantedFault> found = new HashSet<>();
    /// Events of the demo, as `source id`: a stack may hold findings about other events.
    private final Set<String> events = new HashSet<>();

    void expect(Customer customer) {
        planted.addAll(customer.faults());
        customer.events().forEach(event -> events.add(event.source() + " " + event.id()));
    }

    /// Counts a finding, unless it is about an event of somebody else or was taken back.
    void found(JsonNode finding) {
        var activation = finding.path("activation").path(0);
        var source = activation.path("source").asText();
        var id = activation.path("id").asText();
        if (events.contains(source + " " + id) && !TAKEN_BACK.contains(finding.path("status").asText())) {
            found.add(new PlantedFault(finding.path("rule").asText(), source, id));
        }
    }

    boolean agrees() {
        return planted.equals(found);
    }

    void print(Terminal terminal) {
        terminal.say("");
        var table = new Table(terminal, "RULE", "PLANTED", "FOUND", "BOTH");
        for (var fault : Fault.values()) {
            table.row(fault.rule(), count(planted, fault), count(found, fault),
                    planted.stream().filter(one -> one.rule().equals(fault.rule()) && found.contains(one)).count());
        }
        table.print();
        terminal.say(agrees() ? "Every planted fault was found, and nothing else." : "What was planted and what was found differ.");
    }

    private static long count(Set<PlantedFault> faults, Fault fault) {
        return faults.stream().filter(one -> one.rule().equals(fault.rule())).count();
    }
}
