package io.throughline.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.catalogue.Catalogue;
import io.throughline.events.catalogue.EventSchema;
import io.throughline.events.catalogue.EventType;
import io.throughline.events.catalogue.Shape;
import io.throughline.events.json.EventJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "events", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "List the types of events that rules and reports understand; with TYPE, what one of them says, its fields, and an event to copy.")
final class Events implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "One type, for example address-changed.v1.")
    private String type;

    @ArgGroup(exclusive = true)
    private Form form = new Form();

    private static final class Form {
        @Option(names = "--schema", description = "Print the JSON Schema of the data: of TYPE, or of each type, one a line.")
        private boolean schema;

        @Option(names = "--example", description = "Print an event to copy: of TYPE, or of each type, one a line, as import takes them.")
        private boolean example;
    }

    Events(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        if (type == null) {
            list();
            return ExitCode.DONE;
        }
        var found = Catalogue.find(type);
        if (found.isEmpty()) {
            terminal.complain("The catalogue has no type " + Printable.of(type)
                    + Catalogue.meantBy(type).map(meant -> ". Did you mean " + meant + "?").orElse(". All of them: ./throughline events"));
            return ExitCode.NOT_SO;
        }
        show(found.get());
        return ExitCode.DONE;
    }

    private void list() throws JsonProcessingException {
        if (form.schema || form.example) {
            for (var each : Catalogue.types()) {
                terminal.say(EventJson.mapper().writeValueAsString(form.schema ? EventSchema.of(each) : example(each)));
            }
            return;
        }
        var table = new Table(terminal, "TYPE", "FAMILY", "MEANING");
        Catalogue.types().forEach(each -> table.row(each.name(), each.family(), each.meaning()));
        table.print();
        terminal.say("");
        terminal.say("One of them, with its fields: ./throughline events TYPE. A channel may send types of its own, too.");
    }

    private void show(EventType found) throws JsonProcessingException {
        if (form.schema || form.example) {
            terminal.say(pretty(form.schema ? EventSchema.of(found) : example(found)));
            return;
        }
        terminal.say(found.name() + ": " + found.meaning());
        terminal.say("");
        if (!found.data().fields().isEmpty()) {
            var fields = new Table(terminal, "FIELD", "", "VALUE", "MEANING");
            rows(fields, "", found.data());
            fields.print();
            terminal.say("");
        }
        terminal.say("An event to copy, for POST /v1/events with Content-Type: application/cloudevents+json:");
        terminal.say("");
        terminal.say(pretty(example(found)));
    }

    private static void rows(Table table, String prefix, Shape.Structure structure) {
        for (var field : structure.fields()) {
            table.row(prefix + field.name(), field.optional() ? "optional" : "", field.shape().words(), field.meaning());
            if (field.shape() instanceof Shape.Structure inner) {
                rows(table, prefix + field.name() + ".", inner);
            }
        }
    }

    /// The whole event: its attributes and the data.
    private static ObjectNode example(EventType type) {
        var event = EventJson.mapper().createObjectNode().put("specversion", "1.0").put("id", "e-1").put("source", "/channels/self-service")
                .put("type", type.name()).put("subject", subject(type)).put("time", "2026-03-02T18:12:00+01:00");
        if (!type.data().fields().isEmpty()) {
            event.set("data", type.example(true));
        }
        return event;
    }

    /// Two types are about something else than a person.
    private static String subject(EventType type) {
        return switch (type.name()) {
            case "outage-declared.v1" -> "area:LS1";
            case "source-heartbeat.v1" -> "source:/channels/self-service";
            default -> "customer:4711";
        };
    }

    private static String pretty(ObjectNode json) throws JsonProcessingException {
        return EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }
}
