package io.throughline.journey.rule.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import io.throughline.events.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A value as a fact is compared: two spellings of one address are one value.
///
/// Text: NFKC, full Unicode case folding, NFKC again, each run of white space one space, ends trimmed. Numbers, and the `amount` of
/// money, by value. Objects by sorted keys without their null members; lists in order. All Unicode data come from ICU, so that
/// folding and normalising speak of the same version of Unicode; the JDK has no full case folding.
///
/// @param canonical RFC 8785 text of the normalised value: personal where the value is, so never for logs or findings
public record NormalisedValue(String canonical) {

    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?");

    /// Empty where there is no value: missing, or JSON `null`.
    public static Optional<NormalisedValue> of(JsonNode value) {
        return ExactJson.isMissing(value) ? Optional.empty() : Optional.of(new NormalisedValue(CanonicalJson.text(normalise(value))));
    }

    private static JsonNode normalise(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> object(object);
            case ArrayNode list -> list(list);
            case TextNode text -> TextNode.valueOf(text(text.textValue()));
            default -> value;
        };
    }

    private static JsonNode object(ObjectNode object) {
        boolean money = object.path("currency").isTextual();
        var normal = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                boolean amount = money && member.getKey().equals("amount");
                normal.set(member.getKey(), amount ? amount(member.getValue()) : normalise(member.getValue()));
            }
        });
        return normal;
    }

    private static JsonNode amount(JsonNode amount) {
        boolean decimal = amount.isTextual() && DECIMAL.matcher(amount.textValue()).matches();
        return decimal ? DecimalNode.valueOf(new BigDecimal(amount.textValue())) : normalise(amount);
    }

    private static JsonNode list(ArrayNode list) {
        var normal = JsonNodeFactory.instance.arrayNode(list.size());
        list.forEach(element -> normal.add(normalise(element)));
        return normal;
    }

    private static String text(String text) {
        return withSingleSpaces(isAscii(text) ? text.toLowerCase(Locale.ROOT) : NFKC.normalize(UCharacter.foldCase(NFKC.normalize(text), true)));
    }

    /// Of ASCII the long way round would make the same, at ten times the cost; and most text is.
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String withSingleSpaces(String text) {
        var out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i); // all white space of Unicode lies in the basic plane
            if (isWhiteSpace(c)) {
                gap = true;
            } else {
                if (gap && !out.isEmpty()) {
                    out.append(' ');
                }
                gap = false;
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isWhiteSpace(char c) {
        return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : UCharacter.isUWhiteSpace(c);
    }

    /// Without the value, which may be personal.
    @Override
    public String toString() {
        return "NormalisedValue[…]";
    }
}
