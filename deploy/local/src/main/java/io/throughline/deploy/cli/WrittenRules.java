package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.throughline.deploy.stack.Jvm;
import io.throughline.deploy.stack.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file or a folder of rules as the projector's own reader sees it, examples and all. It runs as a program of its own and needs no stack.
///
/// @param rules `{ file, line, id, examples, value }` of each that is sound
/// @param faults `{ file, line, column, pointer, detail }`; with any of them all is to be refused
/// @param warnings as `faults`
record WrittenRules(JsonNode rules, JsonNode faults, JsonNode warnings) {
    private static final String PROGRAM = "io.throughline.journey.check.RuleCheck";
    private static final List<String> QUICKLY = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /// Waits until all examples were run.
    ///
    /// @throws WrongUsage where there is nothing to read
    static WrittenRules read(Path place) throws IOException, InterruptedException {
        requireContent(place);
        var home = Path.of(System.getProperty("throughline.home", ""));
        var options = new ArrayList<>(QUICKLY);
        options.addAll(List.of("-cp", Programs.classPath(home, "journey-projector")));
        var process = new ProcessBuilder(Jvm.command("-Xmx256m", options, PROGRAM, place.toString())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        var report = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("The rules of " + place + " could not be read; see above.");
        }
        var read = Api.JSON.readTree(report);
        return new WrittenRules(read.path("rules"), read.path("faults"), read.path("warnings"));
    }

    private static void requireContent(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new WrongUsage("There is no file and no folder " + place);
        }
        if (!Files.isReadable(place)) {
            throw new WrongUsage(place + " is not open to this account.");
        }
        if (!Files.isDirectory(place) && !Files.isRegularFile(place)) {
            throw new WrongUsage(place + " is neither a file nor a folder.");
        }
        if (Files.isRegularFile(place) && Files.size(place) == 0) {
            throw new WrongUsage(place + " is empty: there is no rule in it.");
        }
    }

    /// No rule, and nothing that was meant to be one.
    boolean areNone() {
        return rules.isEmpty() && faults.isEmpty();
    }

    static WrongUsage none(Path place) {
        return new WrongUsage("There are no rules in %s: they are in files named *.yaml, *.yml or *.json.".formatted(place));
    }

    boolean areSound() {
        return faults.isEmpty() && !rules.isEmpty();
    }

    /// What a request holds that hands in the value of a rule: the calendars that it names, and it.
    static ArrayNode body(JsonNode value) {
        var body = Api.JSON.createArrayNode();
        value.path("calendars").forEach(body::add);
        return body.add(value.path("rule"));
    }

    /// Says what is wrong or doubtful, each with its place.
    void complain(Terminal terminal) {
        faults.forEach(fault -> terminal.say(terminal.red("FAULT    ") + place(fault)));
        warnings.forEach(warning -> terminal.say("warning  " + place(warning)));
    }

    /// As `rules/a.yaml:3:5 /when/type: is required`.
    static String place(JsonNode fault) {
        var line = fault.path("line").asInt();
        var place = fault.path("file").asText() + (line > 0 ? ":" + line + ":" + fault.path("column").asInt() : "");
        return Printable.of((place + " " + fault.path("pointer").asText()).strip() + ": " + fault.path("detail").asText());
    }
}
