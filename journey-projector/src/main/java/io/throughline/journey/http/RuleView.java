package io.throughline.journey.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Money;
import io.throughline.journey.query.RuleVersionEntry;
import io.throughline.journey.rule.file.RuleFault;
import io.throughline.journey.rule.file.WrittenRule;
import io.throughline.journey.rulebook.LiveRulebook.InForce;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A rule as callers see it.
///
/// @param origin `installed` or `defined`
/// @param activeFrom from when on this version governs; `null` for all history
record RuleView(String id, int version, String title, String pattern, String severity, @Nullable String stage, String zone, @Nullable Money cost,
        @Nullable String owner, @Nullable Instant activeFrom, @Nullable String origin) {

    static RuleView of(InForce inForce) {
        return of(inForce.written(), inForce.origin().name().toLowerCase(Locale.ROOT));
    }

    private static RuleView of(WrittenRule written, @Nullable String origin) {
        var rule = written.rule();
        return new RuleView(rule.id(), rule.version(), rule.title(), rule.pattern().name(), rule.severity().wire(), rule.stage(),
                rule.zone().getId(), rule.cost(), rule.owner(), rule.activeFrom(), origin);
    }

    /// @param fingerprint changes whenever any rule says something else
    record Listing(List<RuleView> items, @Nullable String next, String fingerprint) {}

    /// @param definition the rule as it is written; a `PUT` of it changes nothing
    record Full(RuleView rule, JsonNode definition, List<JsonNode> calendars) {
        static Full of(InForce inForce) {
            return new Full(RuleView.of(inForce), inForce.written().document(), inForce.written().calendars());
        }

        static Full of(WrittenRule version) {
            return new Full(RuleView.of(version, null), version.document(), version.calendars());
        }
    }

    record Versions(List<RuleVersionEntry> items, @Nullable String next) {}

    /// @param line from 1
    record Warning(int line, int column, String pointer, String detail) {
        static Warning of(RuleFault fault) {
            return new Warning(fault.line(), fault.column(), fault.pointer(), fault.detail());
        }

        static List<Warning> of(List<WrittenRule> rules) {
            return rules.stream().flatMap(rule -> rule.warnings().stream()).map(Warning::of).toList();
        }
    }

    /// @param created whether there was no such rule before
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Changed(String id, long version, boolean created, List<Warning> warnings) {}

    /// What a text holds that would be taken.
    record Valid(List<RuleView> rules, List<Warning> warnings) {
        static Valid of(List<WrittenRule> rules) {
            return new Valid(rules.stream().map(rule -> RuleView.of(rule, null)).toList(), Warning.of(rules));
        }
    }
}
