package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.stack.Jvm;
import io.throughline.deploy.stack.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder of rules as the projector's own reader sees it, examples and all. It runs as a program of its own and needs no stack.
///
/// @param rules `{ file, line, id, examples, value }` of each that is sound
/// @param faults `{ file, line, column, pointer, detail }`; with any of them the folder is to be refused
/// @param warnings as `faults`
record RuleFolder(JsonNode rules, JsonNode faults, JsonNode warnings) {
    private static final String PROGRAM = "io.throughline.journey.check.RuleCheck";
    private static final List<String> QUICKLY = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /// @param home the built project
    static RuleFolder read(Path home, Path folder) throws IOException, InterruptedException {
        var options = new ArrayList<>(QUICKLY);
        options.addAll(List.of("-cp", Programs.classPath(home, "journey-projector")));
        var process = new ProcessBuilder(Jvm.command("-Xmx256m", options, PROGRAM, folder.toString())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        var report = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("The rules of " + folder + " could not be read; see above.");
        }
        var read = Api.JSON.readTree(report);
        return new RuleFolder(read.path("rules"), read.path("faults"), read.path("warnings"));
    }

    boolean isSound() {
        return faults.isEmpty() && !rules.isEmpty();
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
