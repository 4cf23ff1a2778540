package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Rules of every pattern with every option that the pattern has, over the few types and fields that [RandomJourneys] uses.
///
/// @param patterns which to choose from
record RandomRules(Chance chance, List<String> patterns) {

    static final List<String> ZONES = List.of("Europe/London", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "UTC");
    static final List<String> ALL = List.of("response", "alternate-response", "chain-response", "precedence", "alternate-precedence",
            "chain-precedence", "responded-existence", "not-precedence", "not-succession", "not-chain-succession", "not-co-existence", "existence",
            "existence-after", "absence", "exactly", "co-existence", "init", "propagation", "contradiction", "repetition", "abandonment", "conformance");

    /// All, or those that `-Dpattern=response,init` names.
    static List<String> chosen() {
        var names = System.getProperty("pattern");
        return names == null ? ALL : List.of(names.split(","));
    }

    JsonNode rule() {
        var pattern = chance.of(patterns);
        var rule = node().put("id", "r").put("pattern", pattern.replace("-after", "")).put("zone", chance.of(ZONES));
        switch (pattern) {
            case "response", "alternate-response", "existence-after" -> pair(rule, "expect").until(rule).within(rule, true);
            case "responded-existence" -> pair(rule, "expect").until(rule).within(rule, false);
            case "abandonment" -> pair(rule, "expect").until(rule).within(rule, true).abandonment(rule);
            case "not-succession" -> pair(rule, "forbid").until(rule).within(rule, true);
            case "precedence", "co-existence" -> pair(rule, "expect").within(rule, false);
            case "not-precedence" -> pair(rule, "forbid").within(rule, false);
            case "alternate-precedence" -> pair(rule, "expect");
            case "chain-response" -> pair(rule, "expect").among(rule).within(rule, true);
            case "chain-precedence" -> pair(rule, "expect").among(rule);
            case "not-chain-succession" -> pair(rule, "forbid").among(rule);
            case "not-co-existence" -> pair(rule, "forbid");
            case "existence" -> rule.set("expect", selector());
            case "absence" -> by(rule).set("forbid", selector());
            case "exactly" -> by(rule).set("expect", selector());
            case "init" -> rule.set("expect", selector());
            case "propagation" -> propagation(rule);
            case "contradiction" -> contradiction(rule);
            case "conformance" -> conformance(rule);
            default -> by(rule).set("when", selector());
        }
        numbers(rule, pattern);
        end(rule);
        return rule;
    }

    private void numbers(ObjectNode rule, String pattern) {
        switch (pattern) {
            case "existence", "existence-after" -> rule.put("min", 1 + chance.below(3));
            case "absence" -> rule.put("max", chance.below(3));
            case "exactly" -> rule.put("n", 1 + chance.below(3));
            case "repetition" -> rule.put("count", 2 + chance.below(3)).put("within", span());
            default -> { }
        }
        if (pattern.equals("existence") || pattern.equals("exactly")) {
            within(rule, false);
        }
    }

    private void end(ObjectNode rule) {
        if (chance.oneIn(8)) {
            rule.set("closes", selector());
        }
        if (chance.oneIn(8)) {
            rule.put("idle", span());
        }
    }

    private RandomRules pair(ObjectNode rule, String partner) {
        rule.set("when", selector());
        rule.set(partner, selector());
        by(rule);
        if (chance.oneIn(3)) {
            rule.put("where", new RandomConditions(chance, true).condition());
        }
        return this;
    }

    private ObjectNode by(ObjectNode rule) {
        if (chance.oneIn(2)) {
            chance.of(List.of("data.k"), List.of("data.k?"), List.of("data.k", "data.v?"), List.of("channel?")).forEach(rule.putArray("by")::add);
        }
        return rule;
    }

    private RandomRules until(ObjectNode rule) {
        if (chance.oneIn(3)) {
            rule.set("until", by(selector()));
        }
        return this;
    }

    private RandomRules among(ObjectNode rule) {
        if (chance.oneIn(3)) {
            chance.of(List.of("a", "b"), List.of("a*", "c"), List.of("b", "identity-linked.v1"), List.of("c")).forEach(rule.putArray("among")::add);
        }
        return this;
    }

    private RandomRules within(ObjectNode rule, boolean fromActivation) {
        switch (chance.below(fromActivation ? 6 : 5)) {
            case 0 -> { }
            case 1 -> rule.set("within", node().put("businessDays", 1 + chance.below(3)).put("calendar", "GB-ENG"));
            case 5 -> rule.set("within", node().put("until", chance.of("timestamp(this.data.due)", "this.data.due")));
            default -> rule.put("within", span());
        }
        return this;
    }

    private void abandonment(ObjectNode rule) {
        if (chance.oneIn(2)) {
            rule.set("handover", selector());
        }
        if (chance.oneIn(2)) {
            rule.set("fail", selector());
        }
    }

    private void propagation(ObjectNode rule) {
        var fact = node().<ObjectNode>set("set", selector()).put("value", "this.data.v");
        if (chance.oneIn(2)) {
            fact.putArray("key").add("data.k");
        }
        rule.set("fact", fact);
        rule.<ObjectNode>set("when", selector()).put("value", chance.of("this.data.v", "this.data.v", "this.data.v", "true", "this.data.w"));
        if (chance.oneIn(2)) {
            rule.put("grace", span());
        }
    }

    private void contradiction(ObjectNode rule) {
        rule.<ObjectNode>set("when", selector()).put("value", "this.data.v");
        by(rule);
        within(rule, false);
        if (chance.oneIn(2)) {
            rule.put("across", chance.of("this.channel", "this.data.w"));
        }
        if (chance.oneIn(4)) {
            rule.put("where", new RandomConditions(chance, true).condition());
        }
    }

    private void conformance(ObjectNode rule) {
        var names = List.of("one", "two", "three", "four").subList(0, 1 + chance.below(4));
        var stages = by(rule).putArray("stages");
        for (var name : names) {
            var stage = stages.addObject().put("name", name);
            stage.set("event", selector());
            if (chance.oneIn(3)) {
                stage.put("optional", true);
            }
            if (stages.size() > 1 && chance.oneIn(4)) {
                stage.putArray("after").add(chance.of(names.subList(0, stages.size() - 1)));
            }
        }
    }

    private String span() {
        return chance.of("PT0S", "PT1H", "PT6H", "PT24H", "P1D", "P1D", "P2D", "P1DT3H", "P1W", "P1M", "P0D");
    }

    private ObjectNode selector() {
        var selector = node();
        switch (chance.below(8)) {
            case 0 -> selector.put("type", chance.of("a*", "ab"));
            case 1 -> selector.putArray("type").add("a").add("c");
            default -> selector.put("type", chance.of("a", "b", "c"));
        }
        if (chance.oneIn(8)) {
            selector.put("source", chance.of(RandomJourneys.SOURCES));
        }
        if (chance.oneIn(10)) {
            selector.put("channel", "web");
        }
        if (chance.oneIn(5)) {
            selector.put("where", new RandomConditions(chance, false).condition());
        }
        return selector;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
