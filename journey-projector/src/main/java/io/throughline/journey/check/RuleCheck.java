package io.throughline.journey.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.journey.rule.file.ExampleOutcome;
import io.throughline.journey.rule.file.RuleFault;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rule.file.WrittenRule;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// A program of its own: reads a file or a folder of rules, runs their examples, and prints what it found as one JSON object. No server, no database.
///
/// `{ "rules": [ { "file", "line", "id", "examples", "value" } ], "faults": [ … ], "warnings": [ … ] }`; what is wrong with the rules is an
/// answer like any other, so the exit code is 0 all the same.
public final class RuleCheck {

    private RuleCheck() {}

    /// @param arguments the file or the folder
    public static void main(String... arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: RuleCheck FILE|FOLDER");
            System.exit(2);
        }
        new PrintStream(System.out, true, UTF_8).println(report(RuleFiles.tree(Path.of(arguments[0]))));
    }

    static ObjectNode report(RuleFiles.Tree tree) {
        var report = JsonNodeFactory.instance.objectNode();
        var rules = report.putArray("rules");
        tree.rules().forEach(rule -> add(rules.addObject(), rule));
        add(report.putArray("faults"), tree.faults());
        add(report.putArray("warnings"), tree.rules().stream().flatMap(rule -> rule.warnings().stream()).toList());
        return report;
    }

    private static void add(ObjectNode json, WrittenRule rule) {
        json.put("file", rule.file()).put("line", rule.line()).put("id", rule.rule().id());
        var examples = json.putArray("examples");
        for (ExampleOutcome example : rule.examples()) {
            examples.addObject().put("name", example.name()).put("line", example.line());
        }
        json.set("value", rule.value());
    }

    private static void add(ArrayNode json, List<RuleFault> faults) {
        for (var fault : faults) {
            json.addObject().put("file", fault.file()).put("line", fault.line()).put("column", fault.column())
                    .put("pointer", fault.pointer()).put("detail", fault.detail());
        }
    }
}
