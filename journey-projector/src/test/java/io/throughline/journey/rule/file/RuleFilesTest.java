package io.throughline.journey.rule.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.events.Money;
import io.throughline.events.json.CanonicalJson;
import io.throughline.events.json.EventJson;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFilesTest {

    private static final String RULE = "{ id: %s, pattern: response, when: { type: a }, expect: { type: b }%s }";

    private static List<RuleFault> faults(String yaml) {
        return catchThrowableOfType(RuleFileException.class, () -> RuleFiles.read("rules.yaml", yaml)).faults();
    }

    private static RuleFault only(List<RuleFault> faults) {
        assertThat(faults).hasSize(1);
        return faults.getFirst();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "within: P1D | /within | needs a zone",
        "within: 1 day | /within | is not a duration",
        "within: -P1D | /within | is not a duration",
        "within: { businessDays: 3 } | /within/calendar | the name of a calendar",
        "within: { businessDays: 0, calendar: GB-ENG } | /within/businessDays | from 1 to 1000",
        "within: { businessDays: 3, calendar: XX } | /within/calendar | known are GB-ENG",
        "within: { until: this.data.due, businessDays: 3 } | /within/businessDays | is unknown here; known are until",
        "within: { until: 'this.data.due +' } | /within/until | is no expression of CEL",
        "within: { until: 'this.data.n > 1' } | /within/until | gives bool, not a timestamp",
        "where: this.data.x = 1 | /where | is no expression of CEL",
        "where: this.data.x + 1 | /where | not true or false",
        "where: this.data.text.contains('x') | /where | this.data.text is personal",
        "where: size(other.data.address.lines) > 1 | /where | other.data.address.lines is personal",
        "where: third.data.x == 1 | /where | undeclared reference",
        "where: other.dta.x == 1 | /where | an event has no field \"dta\"",
        "by: [ data.x, addressId ] | /by/1 | an event has no field \"addressId\"",
        "until: { type: c, within: PT1H } | /until/within | is unknown here",
        "closes: { source: c } | /closes/type | is required",
        "idle: P1D | /idle | needs a zone",
        "among: [ c ] | /among | is unknown here",
        "activeFrom: 2026-01-01 | /activeFrom | must be a time with an offset, as in 2026-04-01T00:00:00Z",
        "grace: P1D | /grace | is unknown here",
        "wihtin: PT1H | /wihtin | is unknown here; known are",
        "severity: severe | /severity | must be one of info, low, medium, high, critical",
        "zone: Europe/Londinium | /zone | Unknown time-zone",
        "version: 0 | /version | must be a whole number",
        "cost: { amount: 1.234, currency: GBP } | /cost | a decimal number with at most 2 digits",
        "cost: { amount: '1' } | /cost/currency | is required",
        "explain: '{this.data.address.city}' | /explain | may not show the personal field",
        "explain: '{this.customer}' | /explain | an event has no field",
        "explain: '{when}' | /explain | knows no {when}",
        "title: '{when}' | /title | knows no {when}",
        "explain: '{deadline' | /explain | a brace that belongs to no placeholder",
        "explain: '{deadline:minute}' | /explain | shows a moment as :date or :time",
        "stage: Account Servicing | /stage | lower-case words",
        "title: 7 | /title | must be text"
    })
    void aFieldThatIsWrongIsRefusedWithItsPlace(String field, String pointer, String detail) {
        var fault = only(faults("id: r\npattern: response\nwhen: { type: a }\nexpect: { type: b }\n" + field + "\n"));
        assertThat(fault.pointer()).isEqualTo(pointer);
        assertThat(fault.detail()).contains(detail);
        assertThat(fault.line()).isEqualTo(5);
        assertThat(fault.toString()).startsWith("rules.yaml:5:");
    }

    @Test
    void everyFaultOfEveryRuleIsToldAtOnce() {
        var faults = faults("""
                id: Not A Slug
                pattern: response
                when: { typ: a }
                ---
                id: other
                pattern: succession
                """);
        assertThat(faults).extracting(RuleFault::toString).satisfiesExactly(
                fault -> assertThat(fault).startsWith("rules.yaml:1:1 /id: must be lower-case words"),
                fault -> assertThat(fault).startsWith("rules.yaml:3:9 /when/typ: is unknown here"),
                fault -> assertThat(fault).startsWith("rules.yaml:3:1 /when/type: is required"),
                fault -> assertThat(fault).startsWith("rules.yaml:1:1 /expect: is required"),
                fault -> assertThat(fault).startsWith("rules.yaml:6:1 /pattern: \"succession\" is not supported; supported are response, "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "fact: { set: { type: s }, value: this.data.v, key: [ 'data.k?' ] } | /fact/key/0 | takes no ?",
        "fact: { set: { type: s } } | /fact/value | is required",
        "fact: { set: { type: 's*s' }, value: this.data.v } | /fact/set/type | only at its end"
    })
    void propagationNeedsItsFact(String fact, String pointer, String detail) {
        var fault = faults("id: r\npattern: propagation\nwhen: { type: a }\nvalue: this.data.v\n" + fact + "\n").getFirst();
        assertThat(fault.pointer()).isEqualTo(pointer);
        assertThat(fault.detail()).contains(detail);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "pattern: precedence, when: { type: a }, expect: { type: b }, within: { until: this.time } | /within/until | is unknown here",
        "pattern: responded-existence, when: { type: a }, expect: { type: b }, within: { until: this.time } | /within/until | a span is added",
        "pattern: not-precedence, when: { type: a }, expect: { type: b } | /expect | is unknown here",
        "pattern: alternate-precedence, when: { type: a }, expect: { type: b }, within: PT1H | /within | is unknown here",
        "pattern: existence, expect: { type: b }, min: 0 | /min | from 1 to 1000",
        "pattern: existence, expect: { type: b }, by: [ data.n ] | /by | needs an activation",
        "pattern: exactly, expect: { type: b } | /n | how many",
        "pattern: repetition, when: { type: b }, count: 1, within: PT1H | /count | from 2 to 1000",
        "pattern: chain-response, when: { type: a }, expect: { type: b }, among: [] | /among | at least one event type",
        "pattern: contradiction, when: { type: a } | /value | is required",
        "pattern: conformance, stages: [ { name: x, event: { type: a } }, { name: x, event: { type: b } } ] | /stages/1/name | a stage before",
        "pattern: conformance, stages: [ { name: x, event: { type: a }, after: [ y ] } ] | /stages/0/after/0 | no stage",
        "calendar: X, weekend: [ caturday ], holidays: {} | /weekend/0 | not a day of the week",
        "calendar: X, weekend: [ sunday ], holidays: { 2026: [ 2025-01-01 ] } | /holidays/2026/0 | is not in 2026",
        "calendar: X, weekend: [ sunday ], holidays: { soon: [] } | /holidays/soon | is not a year"
    })
    void eachPatternSaysWhatItNeeds(String fields, String pointer, String detail) {
        var faults = faults((fields.startsWith("calendar") ? "{ " : "{ id: r, ") + fields + " }");
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.pointer()).isEqualTo(pointer);
            assertThat(fault.detail()).contains(detail);
        });
    }

    @Test
    void aCalendarMayLieBesideTheRuleThatNamesIt() {
        var calendar = "calendar: OURS\nweekend: [ sunday ]\nholidays: { 2026: [ %s ] }\n---\n";
        var rule = RULE.formatted("r", ", zone: UTC, within: { businessDays: 2, calendar: OURS }, examples: [ { name: x, asOf: 2026-01-05T23:59:59Z, "
                + "events: [ { type: a, time: 2026-01-02T10:00:00Z } ], expect: [ %s ] } ]");
        assertThat(RuleFiles.read("r.yaml", calendar.formatted("2026-01-01") + rule.formatted("pending")).rules()).hasSize(1);
        assertThat(fingerprint(calendar.formatted("2026-01-01") + rule.formatted("pending")))
                .isNotEqualTo(fingerprint(calendar.formatted("2026-01-06") + rule.formatted("pending")));
    }

    @Test
    void whatCannotBeReadSaysWhere() {
        assertThat(only(faults("id: r\nwhen: { type: a\n")).toString()).startsWith("rules.yaml:").contains("cannot be read");
        assertThat(only(faults("id: r\nid: s\n")).toString()).startsWith("rules.yaml:2:").contains("Duplicate");
        assertThat(faults("id: &a r\ntitle: *a\n")).anySatisfy(fault -> assertThat(fault.detail()).contains("alias"));
    }

    /// The core schema of YAML 1.2 as JSON; what YAML 1.1 made of it stands beside the surprising ones.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "NO | \"NO\"", "no | \"no\"", "yes | \"yes\"", "on | \"on\"", "Off | \"Off\"", "y | \"y\"", "n | \"n\"", // true, false
        "true | true", "True | true", "FALSE | false", "tRUE | \"tRUE\"", "~ | null", "NULL | null", "nUll | \"nUll\"", "` ` | null", "'' | \"\"",
        "0123 | 123", "-0010 | -10", "+7 | 7", "089 | 89", // 83
        "0o17 | 15", "0O17 | \"0O17\"", "-0o17 | \"-0o17\"", "0x1F | 31", "0b11 | \"0b11\"", "1_000 | \"1_000\"", "1_000.5 | \"1_000.5\"", // 3, 1000
        "12:30 | \"12:30\"", "190:20:30 | \"190:20:30\"", "2026-03-02 | \"2026-03-02\"", "2026-03-02T09:00:00Z | \"2026-03-02T09:00:00Z\"",
        "1e3 | 1e3", "1. | 1", ".5 | 0.5", "-.5E-2 | -0.005", "+1.50 | 1.5", ". | \".\"", "1e | \"1e\"", "= | \"=\"", "<< | \"<<\"",
        "12345678901234567890123 | 12345678901234567890123", "0.10000000000000000001 | 0.10000000000000000001",
        "'NO' | \"NO\"", "\"0123\" | \"0123\"", "!!str 0123 | \"0123\"", "! 12 | \"12\"", "!!int '12' | 12", "!!float 1 | 1", "!!bool TRUE | true", "!!null '' | null"
    })
    void yamlIsReadByItsCoreSchema(String scalar, String json) throws IOException {
        for (var yaml : List.of("v: " + scalar, "{ v: " + scalar + " }", "- v: " + scalar + "\n- 1")) {
            var roots = Document.read("r.yaml", yaml);
            var root = roots.getFirst().node().isArray() ? roots.getFirst().node().get(0) : roots.getFirst().node();
            assertThat(roots.getFirst().faults().all()).as(yaml).isEmpty();
            assertThat(CanonicalJson.text(root)).as(yaml).isEqualTo(CanonicalJson.text(EventJson.mapper().readTree("{\"v\":" + json + "}")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        ".inf | .inf is a number that JSON does not have", "-.INF | JSON does not have", ".NaN | JSON does not have", "!!binary aGVsbG8= | the tag !!binary is none",
        "!mine x | the tag !mine is none", "!!int x | is not what its tag !!int says", "!!timestamp 2026-01-01 | the tag !!timestamp"})
    void whatYamlCanSayAndJsonCannotIsRefusedAtItsPlace(String scalar, String detail) {
        var fault = only(Document.read("r.yaml", "id: r\nv: " + scalar).getFirst().faults().all());
        assertThat(fault.toString()).startsWith("r.yaml:2:4 /v: cannot be read: ").contains(detail);
    }

    @Test
    void countriesAndBlanksInExamplesAreWhatAnEditorShows() {
        var rule = """
                id: r
                cost: { amount: 010, currency: GBP }
                pattern: absence
                forbid: { type: a, where: "this.data.country == 'NO' && this.data.note == null" }
                examples:
                  - name: Norway
                    events:
                      - { type: a, time: 2026-03-02T09:00:00Z, data: { country: NO, note: } }
                    expect: [ violated ]
                """;
        assertThat(RuleFiles.read("r.yaml", rule).rules().getFirst().cost()).hasToString(Money.of("10", "GBP").toString());
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(RuleFiles.read("r.yaml", "\uFEFF" + RULE.formatted("r", "")).rules()).hasSize(1);
        assertThat(RuleFiles.read("r.json", "\uFEFF{\"id\":\"r\",\"pattern\":\"absence\",\"forbid\":{\"type\":\"a\"}}").rules()).hasSize(1);
        assertThat(only(faults("\uFEFF\uFEFFid: r")).toString()).contains("rules.yaml:1:");
    }

    @Test
    void aRuleWhoseExamplesFailIsRefusedWithTheirNames() {
        var fault = only(faults("""
                id: r
                pattern: response
                when: { type: a }
                expect: { type: b }
                within: PT1H
                examples:
                  - name: in time
                    events: [ { type: a, time: "2026-01-01T00:00:00Z" }, { type: b, time: "2026-01-01T01:00:00Z" } ]
                    expect: [ satisfied ]
                  - name: too late
                    events: [ { type: a, time: "2026-01-01T00:00:00Z" }, { type: b, time: "2026-01-01T01:00:01Z" } ]
                    expect: [ satisfied ]
                """));
        assertThat(fault.toString()).isEqualTo("rules.yaml:12:5 /examples/1/expect: example \"too late\" expects [satisfied], but the rule gives [violated]");
    }

    @Test
    void anExampleIsCheckedLikeAnEventFromOutside() {
        var fault = only(faults(RULE.formatted("r", ", examples: [ { name: x, expect: [], events: [ { type: a, time: yesterday } ] } ]")));
        assertThat(fault.pointer()).isEqualTo("/examples/0/events/0/time");
    }

    @Test
    void foldersAddToTheRulebookInJsonAndYaml(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("b.json"),
                "[{\"id\": \"two\", \"pattern\": \"response\", \"when\": {\"type\": \"a\"}, \"expect\": {\"type\": [\"b\", \"c\"]}}]");
        Files.writeString(folder.resolve("a.yml"), RULE.formatted("one", ""));
        Files.writeString(folder.resolve("notes.txt"), "no rule");
        var base = RuleFiles.written("base.yaml", RULE.formatted("base", ""), _ -> true);

        var rules = RuleFiles.load(base, List.of(folder));

        assertThat(rules).extracting(WrittenRule::rule).extracting(Rule::id).containsExactly("base", "one", "two");
    }

    @Test
    void anIdIsTakenOnce(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), RULE.formatted("base", ""));
        var base = RuleFiles.written("base.yaml", RULE.formatted("base", ""), _ -> true);
        var refused = catchThrowableOfType(RuleFileException.class, () -> RuleFiles.load(base, List.of(folder, folder.resolve("absent"))));
        assertThat(refused.faults()).extracting(RuleFault::detail).satisfiesExactly(
                detail -> assertThat(detail).contains("is not a folder"),
                detail -> assertThat(detail).isEqualTo("\"base\" is taken by the rulebook that comes first"));
    }

    @Test
    void aTreeOfFoldersIsReadWholeWithItsCalendarsButForWhatIsHidden(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("sales/.cache"));
        Files.writeString(folder.resolve("calendars.yml"), "{ calendar: OURS, weekend: [ sunday ], holidays: { 2026: [] } }");
        Files.writeString(folder.resolve("sales/a.yaml"), RULE.formatted("one", ", zone: UTC, within: { businessDays: 2, calendar: OURS }"));
        Files.writeString(folder.resolve("sales/.cache/b.yaml"), RULE.formatted("hidden", ""));
        Files.writeString(folder.resolve("wrong.json"), "{ \"id\": \"two\" }");

        var tree = RuleFiles.tree(folder);

        assertThat(tree.rules()).extracting(rule -> rule.rule().id()).containsExactly("one");
        assertThat(tree.rules().getFirst().value().at("/calendars/0/calendar").asText()).isEqualTo("OURS");
        assertThat(tree.faults()).extracting(RuleFault::toString).singleElement().asString().endsWith("wrong.json:1:1 /pattern: is required: one of response, "
                + "alternate-response, chain-response, precedence, alternate-precedence, chain-precedence, responded-existence, not-precedence, "
                + "not-succession, not-chain-succession, not-co-existence, existence, absence, exactly, co-existence, init, propagation, "
                + "contradiction, repetition, abandonment, conformance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "# nothing yet\n", "---\n", "---\n# nothing\n---\n...\n", "null", "~", "[]", "---\n[ ]\n", "\uFEFF"})
    void aTextWithoutARuleIsRefused(String text, @TempDir Path folder) throws IOException {
        for (var name : List.of("r.yaml", "r.json")) {
            if (name.equals("r.yaml") || text.isBlank() || text.matches("null|\\[]|\uFEFF")) {
                var fault = only(catchThrowableOfType(RuleFileException.class, () -> RuleFiles.written(name, text, _ -> true)).faults());
                assertThat(fault.toString()).isEqualTo(name + ": there is no rule in it");
            }
        }
        Files.writeString(folder.resolve("a.yaml"), RULE.formatted("one", ""));
        var empty = Files.writeString(folder.resolve("b.yaml"), text);
        assertThat(only(RuleFiles.tree(folder).faults()).toString()).isEqualTo(empty + ": there is no rule in it");
        assertThat(RuleFiles.tree(empty).faults()).isEqualTo(RuleFiles.tree(folder).faults());
    }

    @Test
    void anEmptyDocumentBesideARuleIsPassedOverAndACalendarAloneIsNoRule() {
        assertThat(RuleFiles.written("r.yaml", "---\n# first\n---\n" + RULE.formatted("one", "") + "\n---\n", _ -> true)).hasSize(1);
        assertThat(only(faults("{ calendar: OURS, weekend: [ sunday ], holidays: { 2026: [] } }")).detail()).startsWith("there is no rule in it: calendars");
    }

    @Test
    void aFileIsReadAsAFolderOfOneIs(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("draft.txt"), RULE.formatted("one", ""));
        assertThat(RuleFiles.tree(file).rules()).extracting(rule -> rule.rule().id()).containsExactly("one");
        assertThat(RuleFiles.tree(folder).rules()).isEmpty();
    }

    @Test
    void whatWasRecordedIsReadBackWithItsCalendars() {
        var written = RuleFiles.written("r.yaml", "{ calendar: OURS, weekend: [ sunday ], holidays: { 2026: [] } }\n---\n"
                + RULE.formatted("one", ", version: 7, zone: UTC, within: { businessDays: 2, calendar: OURS }"), _ -> true).getFirst();
        var back = RuleFiles.recorded("one", written.value());
        assertThat(back.value()).isEqualTo(written.value());
        assertThat(back.rule().content()).isEqualTo(written.rule().always().content().replace("\"version\":7,", ""));
    }

    @Test
    void theFingerprintChangesWithWhatARuleSaysNotWithHowItIsWritten() {
        assertThat(fingerprint(RULE.formatted("r", ", within: PT1H")))
                .isEqualTo(fingerprint("within: PT1H\nid: r\nexpect: {type: b}\nwhen: {type: a}\npattern: response"));
        assertThat(fingerprint(RULE.formatted("r", ", within: PT1H"))).isNotEqualTo(fingerprint(RULE.formatted("r", ", within: PT2H")));
        assertThat(fingerprint(RULE.formatted("r", ", within: PT1H"))).isNotEqualTo(fingerprint(RULE.formatted("r", ", version: 2, within: PT1H")));
        assertThat(fingerprint(RULE.formatted("r", ""))).matches("[0-9a-f]{32}");
    }

    /// Whatever is handed in as a rule, the answer is what is wrong with it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{ id: r, version: N } | /version | Number", "{ id: r, cost: { amount: N.5 } } | /cost/amount | Number",
        "{ id: r, examples: [{ events: [{ data: { n: N } }] }] } | /examples/0/events/0/data/n | Number", "{ id: r, n: 0xN } | /n | Number",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ | /0/0 | nesting"})
    void whatTheParserRefusesIsRefusedAtItsPlace(String rule, String pointer, String detail) {
        for (var file : List.of("r.yaml", "r.json")) {
            var text = rule.replace("N", "1".repeat(101));
            var faults = catchThrowableOfType(RuleFileException.class, () -> RuleFiles.read(file, file.endsWith("json") ? text.replaceAll("(\\w+):", "\"$1\":")
                    .replace(" r,", " \"r\",") : text)).faults();
            if (file.endsWith("yaml") || !rule.contains("0x")) {
                assertThat(faults).anySatisfy(fault -> {
                    assertThat(fault.pointer()).startsWith(pointer);
                    assertThat(fault.detail()).startsWith("cannot be read: ").contains(detail);
                    assertThat(fault.line()).isEqualTo(1);
                });
            }
        }
    }

    @Test
    void examplesThatTakeTooMuchWorkAreRefused() {
        var events = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            events.append("{ type: a, time: '2026-01-01T00:%02d:%02dZ' }, ".formatted(i / 60, i % 60));
        }
        var example = "{ name: x, expect: [ pending ], events: [ " + events + " ] }, ";
        var faults = faults("{ id: r, pattern: not-precedence, when: { type: a }, forbid: { type: a }, examples: [ " + example.repeat(12) + " ] }");
        assertThat(faults).last().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/examples");
            assertThat(fault.detail()).startsWith("take more than 8000000 units of work to run");
        });
    }

    private static String fingerprint(String yaml) {
        Rulebook rulebook = RuleFiles.read("r.yaml", yaml);
        return rulebook.fingerprint();
    }
}
