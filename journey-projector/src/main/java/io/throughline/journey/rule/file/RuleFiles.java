package io.throughline.journey.rule.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.file.RuleReader.Reading;
import io.throughline.journey.rule.work.Limits;
import io.throughline.journey.rule.work.Meter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// Where rulebooks come from: the class path and folders.
public final class RuleFiles {

    private static final String SHIPPED = "/rulebook/";
    static final String NO_RULE = "there is no rule in it";
    private static final int MAX_DEPTH = 16;
    /// Units of work of the examples of one text: about two seconds, see [Limits].
    private static final long WORK_OF_A_REQUEST = 8_000_000;

    private RuleFiles() {}

    /// The rules that come with Throughline.
    public static Rulebook shipped() {
        return rulebook(shippedRules());
    }

    private static List<WrittenRule> shippedRules() {
        var files = RuleDocuments.ofPeople();
        try {
            // A jar cannot be listed like a folder, so an index names what is in it.
            resource(SHIPPED + "index").lines().forEach(name -> files.add(name, resource(SHIPPED + name)));
        } catch (UncheckedIOException incomplete) {
            throw new IllegalStateException("The shipped rulebook is incomplete: this build is broken.", incomplete);
        }
        return files.sound();
    }

    /// The shipped rules, and those of all `*.yaml`, `*.yml` and `*.json` files that lie in `folders`, by name. A file holds one rule or
    /// calendar, a list, or several documents; at most 1 MiB. The examples of every rule are run.
    ///
    /// @throws RuleFileException with everything that is wrong with any of them
    public static List<WrittenRule> installed(List<Path> folders) {
        return load(shippedRules(), folders);
    }

    /// The published JSON Schema of rule files. It says of their shape what a schema can say; the reader says the rest.
    public static String schema() {
        return resource("/schemas/rule.schema.json");
    }

    static String resource(String name) {
        try (var in = RuleFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<WrittenRule> load(List<WrittenRule> base, List<Path> folders) {
        var files = RuleDocuments.ofPeople();
        base.forEach(rule -> files.add(rule, "the rulebook that comes first"));
        folders.forEach(folder -> files.addFolder(folder, 1));
        return files.sound();
    }

    /// What a file, or a folder and all folders in it, hold, sound or not.
    ///
    /// @param rules those that are sound
    /// @param faults all that is wrong; with none of it `rules` are all there are
    public record Tree(List<WrittenRule> rules, List<RuleFault> faults) {}

    /// The files of a folder, and of all folders in it but hidden ones, as [#installed] takes them; or one file, whatever it is called.
    public static Tree tree(Path place) {
        var files = RuleDocuments.ofPeople();
        if (Files.isDirectory(place)) {
            files.addFolder(place, MAX_DEPTH);
        } else {
            files.addFile(place);
        }
        return files.tree();
    }

    /// The rules of one file's text.
    ///
    /// @param file its name, for faults; `.json` says that it is JSON, anything else that it is YAML
    /// @throws RuleFileException with everything that is wrong with it
    public static Rulebook read(String file, String content) {
        return rulebook(written(file, content, _ -> true));
    }

    /// The rules of one file's text, at least one, with what is doubtful about them.
    ///
    /// @param file as for [#read]
    /// @param isSent whether events of a type, or of a family, are to be expected
    /// @throws RuleFileException with everything that is wrong with it
    public static List<WrittenRule> written(String file, String content, Predicate<String> isSent) {
        var files = new RuleDocuments(new Reading.New(isSent, new Meter(Limits.ofWork(WORK_OF_A_REQUEST))));
        files.add(file, content);
        var rules = files.sound();
        if (rules.isEmpty()) {
            throw new RuleFileException(List.of(new RuleFault(file, 0, 0, "", NO_RULE + ": calendars stand beside the rule that names them")));
        }
        return rules;
    }

    /// A rule that was accepted before: [WrittenRule#value], read back. Its examples are not run again.
    ///
    /// @throws RuleFileException where it cannot be read here: a later version of ours wrote it
    public static WrittenRule recorded(String name, JsonNode value) {
        var files = new RuleDocuments(new Reading.Recorded());
        value.path("calendars").forEach(calendar -> files.add(name + ".json", calendar.toString()));
        files.add(name + ".json", value.path("rule").toString());
        var rules = files.sound();
        if (rules.size() != 1) {
            throw new RuleFileException(List.of(new RuleFault(name, 0, 0, "/rule", "must be one rule")));
        }
        return rules.getFirst();
    }

    private static Rulebook rulebook(List<WrittenRule> rules) {
        return new Rulebook(rules.stream().map(WrittenRule::rule).toList());
    }
}
