package io.throughline.journey.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.catalogue.EventCodec;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.definition.DefinitionWriter;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rule.file.WrittenRule;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changes the rulebook: writes to the log of definitions first, and answers once the change has taken effect.
public final class RuleEditor {

    /// Removed ones count, because their versions run on.
    static final int MAX_RULES = 1_000;

    private final LiveRulebook rulebook;
    private final RuleStore store;
    private final DefinitionWriter log;

    public RuleEditor(LiveRulebook rulebook, RuleStore store, DefinitionWriter log) {
        this.rulebook = rulebook;
        this.store = store;
        this.log = log;
    }

    /// What came of a change.
    ///
    /// @param version now in force; 0 where the rule is gone
    /// @param created whether there was none before
    public record Change(long version, boolean created) {}

    /// The rules of a text, with what is doubtful about them as the registered sources are now.
    ///
    /// @param name of the text: `.json` says that it is JSON, anything else that it is YAML
    /// @throws io.throughline.journey.rule.file.RuleFileException with everything that is wrong with it
    public List<WrittenRule> read(String name, String text) {
        return RuleFiles.written(name, text, isSent());
    }

    /// Makes `rule` the version in force. What is in force already is not written again.
    ///
    /// @throws Refusal `version-mismatch`, `too-many-rules` or `outcome-unknown`
    public Change define(WrittenRule rule, Wish wish) {
        var history = history(rule.rule().id());
        var record = history.define(rule, wish);
        if (record.isEmpty()) {
            return new Change(history.version(), false);
        }
        if (history.versions().isEmpty() && store.count() >= MAX_RULES) {
            throw new Refusal(ErrorCode.TOO_MANY_RULES, "There are " + MAX_RULES + " rules, removed ones included.");
        }
        return write(history, record.get());
    }

    /// Takes away all that the log has put in force of a rule.
    ///
    /// @throws Refusal `version-mismatch`, `rule-unknown`, `rule-installed`, `too-many-rules` or `outcome-unknown`
    public Change remove(String id, Wish wish) {
        var history = history(id);
        return write(history, history.remove(wish));
    }

    /// Makes what an earlier version says the version in force, under a new number.
    ///
    /// @param activeFrom from when on it governs; `null` for all history
    /// @throws Refusal `rule-unknown`, `version-mismatch`, `too-many-rules` or `outcome-unknown`
    public Change activate(String id, long version, @Nullable Instant activeFrom, Wish wish) {
        ObjectNode value = version(id, version).value().deepCopy();
        var rule = value.withObject("/rule");
        rule.remove("activeFrom");
        if (activeFrom != null) {
            rule.put("activeFrom", activeFrom.toString());
        }
        return define(RuleFiles.recorded(id, value), wish);
    }

    /// What was written as some version of a rule.
    ///
    /// @throws Refusal `rule-unknown` where there is none, or it is a removal
    public WrittenRule version(String id, long number) {
        var version = store.version(id, number);
        if (version.isEmpty()) {
            return rulebook.installed(id).filter(rule -> rule.rule().version() == number).orElseThrow(RuleHistory::unknown);
        }
        return version.filter(one -> !one.isRemoval()).map(one -> RuleFiles.recorded(id, one.value()).as(Math.toIntExact(number)))
                .orElseThrow(RuleHistory::unknown);
    }

    private RuleHistory history(String id) {
        return new RuleHistory(id, rulebook.installed(id).orElse(null), store.versions(id));
    }

    private Change write(RuleHistory before, DefinitionRecord record) {
        log.write(record);
        var after = history(before.id());
        if (after.versions().stream().noneMatch(version -> version.recordId().equals(record.id()))) {
            throw after.mismatch(); // another was first
        }
        return new Change(after.version(), before.version() == 0);
    }

    /// What the catalogue knows or a registered source sends; a family, where it has a member or overlaps with one.
    private Predicate<String> isSent() {
        var known = Stream.concat(EventCodec.wireNames().stream(), store.sentTypes().stream()).toList();
        return type -> known.stream().anyMatch(one -> overlap(one, type));
    }

    private static boolean overlap(String one, String other) {
        return matches(one, other) || matches(other, one);
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*") ? type.startsWith(pattern.substring(0, pattern.length() - 1)) : pattern.equals(type);
    }
}
