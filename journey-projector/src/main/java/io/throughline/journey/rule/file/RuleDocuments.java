package io.throughline.journey.rule.file;

import static java.nio.file.FileVisitOption.FOLLOW_LINKS;

import io.throughline.journey.rule.file.RuleReader.Reading;
import io.throughline.journey.rule.work.Limits;
import io.throughline.journey.rule.work.Meter;
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

/// The documents of several files, gathered and then read together: a rule may name a calendar of any of them, and no id is taken twice.
final class RuleDocuments {

    private static final int MAX_BYTES = 1 << 20;
    /// Units of work of the examples of a folder: a few minutes, see [Limits]. Only the caller waits for them.
    private static final long WORK = 1_000_000_000;

    private record FileDocument(String file, Element root) {}

    private final Reading reading;
    private final List<FileDocument> documents = new ArrayList<>();
    private final Calendars calendars = new Calendars();
    private final List<WrittenRule> rules = new ArrayList<>();
    private final Map<String, String> fileById = new HashMap<>();
    private final List<RuleFault> faults = new ArrayList<>();

    RuleDocuments(Reading reading) {
        this.reading = reading;
    }

    static RuleDocuments ofPeople() {
        return new RuleDocuments(new Reading.New(_ -> true, new Meter(Limits.ofWork(WORK))));
    }

    /// The rules, all sound.
    ///
    /// @throws RuleFileException with everything that is wrong with any of them
    List<WrittenRule> sound() {
        read();
        if (!faults.isEmpty()) {
            throw new RuleFileException(faults);
        }
        return List.copyOf(rules);
    }

    /// What there is, sound or not.
    RuleFiles.Tree tree() {
        read();
        return new RuleFiles.Tree(List.copyOf(rules), List.copyOf(faults));
    }

    /// Calendars first: a rule may name one of any file.
    private void read() {
        read(true, calendars::add);
        read(false, this::readRule);
        documents.forEach(document -> faults.addAll(document.root().faults().all()));
    }

    private void read(boolean ofCalendars, BiConsumer<String, Element> reader) {
        for (var document : documents) {
            document.root().items().stream().filter(root -> CalendarReader.isCalendar(root) == ofCalendars)
                    .forEach(root -> reader.accept(document.file(), root));
        }
    }

    void addFolder(Path folder, int depth) {
        try (var files = Files.find(folder, depth, (file, what) -> what.isRegularFile() && isRuleFile(folder.relativize(file)), FOLLOW_LINKS)) {
            files.sorted().forEach(this::addFile);
        } catch (IOException | UncheckedIOException unreadable) {
            faults.add(new RuleFault(folder.toString(), 0, 0, "", "is not a folder of rule files that can be read"));
        }
    }

    private static boolean isRuleFile(Path file) {
        for (var name : file) {
            if (name.toString().startsWith(".")) {
                return false;
            }
        }
        return file.getFileName().toString().matches(".+\\.(yaml|yml|json)");
    }

    void addFile(Path file) {
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

    /// A text that holds nothing is a mistake; an empty document among others is not.
    void add(String file, String content) {
        var roots = Document.read(file, content);
        if (roots.stream().allMatch(Element::isEmptyDocument)) {
            faults.add(new RuleFault(file, 0, 0, "", RuleFiles.NO_RULE));
        }
        roots.stream().filter(root -> !root.isEmptyDocument()).forEach(root -> documents.add(new FileDocument(file, root)));
    }

    private void readRule(String file, Element root) {
        RuleReader.read(file, root, calendars, reading).ifPresent(rule -> {
            var other = add(rule, file);
            if (other != null) {
                root.at("id").fault("\"" + rule.rule().id() + "\" is taken by " + other);
            }
        });
    }

    /// The file that has this id already; `null` if none does.
    @Nullable String add(WrittenRule rule, String file) {
        var other = fileById.putIfAbsent(rule.rule().id(), file);
        if (other == null) {
            rules.add(rule);
        }
        return other;
    }
}
