package io.throughline.deploy.acceptance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// Rules that cost much: as an example has it, or as journeys have it.
final class HostileRules {
    /// Two of them, and what is around them, fit into a body of 64 KiB.
    static final int TEXT = 30_000;

    private HostileRules() {}

    /// Conditions over an event with a text `t`, a list `l` of numbers and a list `s` of texts, by what is costly about them.
    static Map<String, String> costly() {
        var conditions = new LinkedHashMap<String, String>();
        conditions.put("a regular expression in a loop", "this.data.l.all(x, this.data.t.matches('((a?){30}){30}b') || true)");
        conditions.put("counted repetition", "this.data.l.all(x, this.data.t.matches('(a?){1000}b') || true)");
        conditions.put("repetition of repetition", "this.data.l.all(x, this.data.t.matches('((a{0,10}){0,10}){0,10}b') || true)");
        conditions.put("alternatives", "this.data.l.all(x, this.data.t.matches('(a|a|a|a|a|a|aa|aaa)*b') || true)");
        conditions.put("a class of all letters", "this.data.l.all(x, this.data.t.matches('(\\\\pL{0,30}\\\\pL{0,30}){10}$') || true)");
        conditions.put("loops in loops", "this.data.l.all(a, this.data.l.all(b, this.data.l.all(c, a + b + c > -1)))");
        conditions.put("loops in loops without sums",
                "this.data.l.all(a, this.data.l.all(b, this.data.l.exists(c, c == a && c != b || true)))");
        conditions.put("long texts compared", "this.data.l.all(x, this.data.t == this.data.u || true)");
        conditions.put("long texts searched", "this.data.l.all(x, this.data.t.contains('" + "a".repeat(500) + "b') || true)");
        conditions.put("lists compared", "this.data.l.all(x, this.data.l == this.data.m && this.data.m == this.data.l)");
        conditions.put("members searched", "this.data.l.all(x, !(x in this.data.s) || true)");
        conditions.put("maps made in a loop", "this.data.l.map(a, this.data.l.map(b, {'a': this.data.t, 'b': this.data.l})).size() > 0");
        conditions.put("many expressions", "this.data.t.matches('(a?){300}b') || ".repeat(20) + "true");
        conditions.put("text made of texts",
                "(this.data.t + this.data.t + this.data.t + this.data.t + this.data.t).matches('(a?){900}b') || true");
        conditions.put("time zones", "this.data.l.all(x, timestamp(this.time).getHours('Europe/London') >= 0)");
        return conditions;
    }

    /// A rule with this condition.
    static ObjectNode rule(String id, String where) {
        var rule = JsonNodeFactory.instance.objectNode();
        rule.put("id", id).put("title", "A costly rule").put("severity", "low").put("zone", "Etc/UTC");
        rule.put("pattern", "response").put("within", "PT1H");
        rule.putObject("when").put("type", "hostile-costly.v1").put("where", where);
        rule.putObject("expect").put("type", "hostile-answer.v1");
        return rule;
    }

    /// A rule with this condition, and an example that makes it work. Which verdict is expected does not matter: it has to be worked out.
    static ObjectNode withExample(String id, String where) {
        var rule = rule(id, where);
        var example = rule.putArray("examples").addObject();
        example.put("name", "long");
        example.putArray("events").addObject().put("type", "hostile-costly.v1").put("time", "2026-03-02T18:12:00Z").set("data",
                data(TEXT, 100));
        example.putArray("expect");
        return rule;
    }

    /// What the conditions look at.
    ///
    /// @param text characters of its text
    /// @param loops length of its lists
    static ObjectNode data(int text, int loops) {
        var data = JsonNodeFactory.instance.objectNode();
        data.put("t", "a".repeat(text)).put("u", "a".repeat(text - 1) + "b");
        var numbers = data.putArray("l");
        var others = data.putArray("m");
        var texts = data.putArray("s");
        for (int i = 0; i < loops; i++) {
            numbers.add(i);
            others.add(i);
            texts.add("text-" + i);
        }
        return data;
    }
}
