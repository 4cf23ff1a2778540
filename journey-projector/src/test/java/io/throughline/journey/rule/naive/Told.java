package io.throughline.journey.rule.naive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A case in one line, as one would tell it:
/// `rule("pattern: init, expect: {type: a}").of("b10:00 a10:30").at("12:00").says("b10:00 violated")`.
///
/// All on Monday, 1 June 2026, in UTC; `a3T10:00` is an `a` on the third. Longer types end with `@`; `{k: 1}` after an event is its data, `/crm` its source.
record Told(String rule, String events, String sources) {

    private static final Pattern EVENT = Pattern.compile("([a-z](?:[a-z0-9.-]+(?=@))?)@?((?:[0-9]+T)?[0-9:.]+)(\\{[^}]*})?(/[a-z]+)?");

    static Told rule(String members) {
        return new Told("{ " + members + " }", "", "");
    }

    Told of(String other) {
        return new Told(rule, other, sources);
    }

    /// A source of all that the rule names, heard through `moment`, with a heartbeat of one hour.
    Told heardThrough(String moment) {
        return new Told(rule, events, "sources: [ { name: /s, types: ['*'], heartbeat: PT1H, heard: [[" + instant(moment) + ", "
                + instant(moment) + "]] } ]\n");
    }

    At at(String asOf) {
        return new At(this, asOf);
    }

    record At(Told told, String asOf) {

        /// @param expected activation and verdict of each, in order, as in `a10:00 violated met 11:30, a12:00 pending`
        void says(String expected) {
            assertThat(Checker.judge(told.until(asOf)).stream().map(At::text).collect(Collectors.joining(", "))).isEqualTo(expected);
        }

        private static String text(Judgement judgement) {
            var text = judgement.activation().replaceFirst(".*#", "") + " " + judgement.verdict().name().toLowerCase(Locale.ROOT);
            return judgement.metAt() == null ? text : text + " met " + judgement.metAt().toString().substring(11, 16);
        }
    }

    private Case until(String asOf) {
        var lines = EVENT.matcher(events).results().map(event -> "- { at: " + instant(event.group(2)) + ", type: " + event.group(1) + ", id: '"
                        + event.group(1) + event.group(2) + "', source: " + (event.group(4) == null ? "/s" : event.group(4))
                        + (event.group(3) == null ? "" : ", data: " + event.group(3)) + " }\n")
                .collect(Collectors.joining());
        return CaseText.read("rule: " + rule + "\nevents:" + (lines.isEmpty() ? " []\n" : "\n" + lines) + sources + "asOf: " + instant(asOf));
    }

    private static String instant(String moment) {
        var parts = moment.split("T");
        return "2026-06-%02dT%sZ".formatted(parts.length == 1 ? 1 : Integer.parseInt(parts[0]), withSeconds(parts[parts.length - 1]));
    }

    private static String withSeconds(String time) {
        return time.length() == 5 ? time + ":00" : time;
    }
}
