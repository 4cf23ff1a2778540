package io.throughline.journey.rule.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Where rulebooks come from: the class path and folders.
public final class RuleFiles {

    private static final String SHIPPED = "/rulebook/";
    private static final int MAX_BYTES = 1 << 20;

    private record FileDocument(String file, Element root) {}

    private final List<FileDocument> documents = new ArrayList<>();
    private final Calendars calendars = new Calendars();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> fileById = new HashMap<>();
    private final List<RuleFault> faults = new ArrayList<>();

    private RuleFiles() {}

    /// The rules that come with Throughline.
    public static Rulebook shipped() {
        var files = new RuleFiles();
        try {
            // A jar cannot be listed like a folder, so an index names what is in it.
            resource(SHIPPED + "index").lines().forEach(name -> files.add(name, resource(SHIPPED + name)));
        } catch (UncheckedIOException incomplete) {
            throw new IllegalStateException("The shipped rulebook is incomplete: this build is broken.", incomplete);
        }
        return files.rulebook();
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

    /// `base` and the rules of all `*.yaml`, `*.yml` and `*.json` files that lie in `folders`, by name. A file holds one rule or calendar,
    /// a list, or several documents; at most 1 MiB. The examples of every rule are run.
    ///
    /// @throws RuleFileException with everything that is wrong with any of them
    public static Rulebook load(Rulebook base, List<Path> folders) {
        var files = new RuleFiles();
        base.rules().forEach(rule -> files.add(rule, "the rulebook that comes first"));
        folders.forEach(files::addFolder);
        return files.rulebook();
    }

    /// The rules of one file's text.
    ///
    /// @param file its name, for faults; `.json` says that it is JSON, anything else that it is YAML
    /// @throws RuleFileException with everything that is wrong with it
    public static Rulebook read(String file, String content) {
        var files = new RuleFiles();
        files.add(file, content);
        return files.rulebook();
    }

    /// Calendars first: a rule may name one of any file.
    private Rulebook rulebook() {
        read(true, calendars::add);
        read(false, this::readRule);
        documents.forEach(document -> faults.addAll(document.root().faults().all()));
        if (!faults.isEmpty()) {
            throw new RuleFileException(faults);
        }
        return new Rulebook(rules);
    }

    private void read(boolean ofCalendars, BiConsumer<String, Element> reader) {
        for (var document : documents) {
            document.root().items().stream().filter(root -> CalendarReader.isCalendar(root) == ofCalendars).forEach(root -> reader.accept(document.file(), root));
        }
    }

    private void addFolder(Path folder) {
        try (var files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches(".+\\.(yaml|yml|json)")).sorted().forEach(this::addFile);
        } catch (IOException unreadable) {
            faults.add(new RuleFault(folder.toString(), 0, 0, "", "is not a folder that can be read; THROUGHLINE_RULES names folders of rule files"));
        }
    }

    private void addFile(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                faults.add(new RuleFault(file.toString(), 0, 0, "", "is larger than 1 MiB; split it"));
            } else {
                add(file.toString(), Files.readString(file));
            }
        } catch (CharacterCodingException _) {
            faults.add(new RuleFault(file.toString(), 0, 0, "", "is not text in UTF-8"));
        } catch (IOException _) {
            faults.add(new RuleFault(file.toString(), 0, 0, "", "cannot be read"));
        }
    }

    private void add(String file, String content) {
        Document.read(file, content).forEach(document -> documents.add(new FileDocument(file, document)));
    }

    private void readRule(String file, Element root) {
        RuleReader.read(root, calendars.byName()).ifPresent(rule -> {
            var other = add(rule, file);
            if (other != null) {
                root.at("id").fault("\"" + rule.id() + "\" is taken by " + other);
            }
        });
    }

    /// The file that has this id already; `null` if none does.
    private @Nullable String add(Rule rule, String file) {
        var other = fileById.putIfAbsent(rule.id(), file);
        if (other == null) {
            rules.add(rule);
        }
        return other;
    }
}
