package io.throughline.events.definition;

import io.throughline.events.Text;
import java.util.regex.Pattern;

/// What a definition is about: its kind and its id within the kind. Written `source:/channels/web`; so reads the key of its records.
public record DefinitionKey(String kind, String id) {

    public static final String SOURCE = "source";
    public static final String RULE = "rule";
    /// Of a finding, by a person: what it says is no concern of ours.
    public static final String DISMISSAL = "dismissal";

    private static final int MAX_ID_LENGTH = 256;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public DefinitionKey {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("the kind of a definition is a lower-case word of at most 32 letters, digits and hyphens");
        }
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH || !Text.isPlain(id)) {
            throw new IllegalArgumentException(
                    "the id of a definition has 1 to " + MAX_ID_LENGTH + " characters, no control characters, unpaired surrogates or noncharacters");
        }
    }

    public static DefinitionKey source(String name) {
        return new DefinitionKey(SOURCE, name);
    }

    public static DefinitionKey rule(String id) {
        return new DefinitionKey(RULE, id);
    }

    /// @throws IllegalArgumentException with what is wrong
    public static DefinitionKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("the key of a definition is written kind:id, as in source:/channels/web");
        }
        return new DefinitionKey(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
