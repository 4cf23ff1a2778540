package io.throughline.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.deploy.cli.Table;
import io.throughline.deploy.cli.Terminal;
import io.throughline.events.json.EventJson;
import java.util.List;
import java.util.Locale;

/// What a run gave, for people and for programs.
///
/// @param loadBefore, loadAfter load average of the last minute
record Report(Machine machine, Plan plan, double loadBefore, double loadAfter, List<Measured> measured) {

    void print(Terminal terminal) {
        var table = new Table(terminal, "MEASUREMENT", "FIGURE", "BARE LIMIT", "RATIO", "TARGET", "REACHED");
        for (var one : measured) {
            table.row(one.name(), number(one.figure()) + " " + one.unit(), one.bare().isEmpty() ? "" : number(one.limit()), ratio(one),
                    one.goal().map(Goal::text).orElse(""), one.reached().map(reached -> reached ? "yes" : "NO").orElse(""));
        }
        table.print();
        terminal.say("");
        terminal.say("Medians of %d rounds. %d cores, %,d MiB; %s; %s; commit %s; load average %.2f before, %.2f after.".formatted(
                plan.rounds(), machine.cores(), machine.memoryMib(), machine.jdk(), machine.os(), machine.commit(), loadBefore, loadAfter));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String ratio(Measured one) {
        return one.ratio().isPresent() ? String.format(Locale.ROOT, "%.2f", one.ratio().getAsDouble()) : "";
    }

    ObjectNode json() {
        var json = EventJson.mapper().createObjectNode();
        json.putPOJO("machine", machine);
        json.put("loadBefore", loadBefore).put("loadAfter", loadAfter).put("rounds", plan.rounds()).put("backlog", plan.backlog());
        var list = json.putArray("measurements");
        measured.forEach(one -> add(list, one));
        return json;
    }

    private static void add(ArrayNode list, Measured one) {
        var json = list.addObject().put("name", one.name()).put("unit", one.unit()).put("figure", one.figure());
        if (!one.bare().isEmpty()) {
            json.put("bare", one.limit());
        }
        one.ratio().ifPresent(ratio -> json.put("ratio", ratio));
        one.goal().ifPresent(goal -> json.put("target", goal.text()));
        one.reached().ifPresent(reached -> json.put("reached", reached));
        json.putPOJO("ours", one.ours()).putPOJO("bareRounds", one.bare()).putPOJO("notes", one.notes());
    }
}
