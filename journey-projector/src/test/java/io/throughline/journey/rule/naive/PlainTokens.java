package io.throughline.journey.rule.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The words of an expression, one after the other.
final class PlainTokens {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(&&|\\|\\||==|!=|<=|>=|[<>!(),\\[\\]]|'[^']*'|\"[^\"]*\"|-?[0-9]+(\\.[0-9]+)?|[A-Za-z_][A-Za-z_0-9.]*)");

    private final List<String> tokens = new ArrayList<>();
    private int next;

    PlainTokens(String text) {
        var matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end < text.strip().length()) {
            throw new IllegalArgumentException("the checker cannot read \"" + text + "\" from character " + end);
        }
    }

    /// Takes `token` if it comes next.
    boolean took(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    void expect(String token) {
        if (!took(token)) {
            throw new IllegalArgumentException("the checker expected " + token + " in " + tokens);
        }
    }

    void expectEnd() {
        if (next < tokens.size()) {
            throw new IllegalArgumentException("the checker cannot read " + tokens + " from " + tokens.get(next));
        }
    }

    String take() {
        return tokens.get(next++);
    }
}
