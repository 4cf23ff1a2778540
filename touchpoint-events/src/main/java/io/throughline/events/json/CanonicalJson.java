package io.throughline.events.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;

/// JSON Canonicalization Scheme, RFC 8785: one byte sequence for one JSON value.
///
/// RFC 8785 knows only numbers that an IEEE 754 double holds (I-JSON, RFC 7493). Channels also send longer ones, such as
/// nineteen-digit ids; rounding them would make two different events equal. A number that no double prints as is
/// therefore written exactly: its digits without trailing zeros, `E`, and its exponent. All others are written as the RFC says.
public final class CanonicalJson {

    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /// UTF-8 bytes of the canonical form.
    public static byte[] bytes(JsonNode value) {
        return text(value).getBytes(UTF_8);
    }

    public static String text(JsonNode value) {
        var out = new StringBuilder(value.isContainerNode() ? 1024 : 32);
        write(value, out);
        return out.toString();
    }

    private static void write(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out);
            case ARRAY -> writeArray(value, out);
            case STRING -> writeString(value.textValue(), out);
            case NUMBER -> out.append(number(value));
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, POJO, MISSING -> throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    private static void writeObject(JsonNode object, StringBuilder out) {
        var members = new ArrayList<>(object.properties());
        members.sort(Map.Entry.comparingByKey()); // by UTF-16 code units, as RFC 8785 section 3.2.3 asks
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            writeString(members.get(i).getKey(), out);
            out.append(':');
            write(members.get(i).getValue(), out);
        }
        out.append('}');
    }

    private static void writeArray(JsonNode array, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(array.get(i), out);
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        int plain = 0; // from here on nothing has been written yet
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                writeEscaped(c, out.append(text, plain, i));
                plain = i + 1;
            }
        }
        out.append(text, plain, text.length()).append('"');
    }

    private static void writeEscaped(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }

    private static String number(JsonNode number) {
        if (number.isInt() || number.isShort()) {
            return Integer.toString(number.intValue());
        }
        return number(number.decimalValue());
    }

    static String number(BigDecimal exact) {
        if (exact.signum() == 0) {
            return "0";
        }
        double nearest = exact.doubleValue();
        if (Double.isFinite(nearest) && nearest != 0) {
            // Double.toString gives the shortest digits that read back as the same double (JDK-4511638), as ECMAScript does.
            var shortest = new BigDecimal(Double.toString(nearest));
            if (shortest.compareTo(exact) == 0) {
                return ecmaScript(shortest);
            }
        }
        var stripped = exact.stripTrailingZeros();
        return stripped.unscaledValue() + "E" + -(long) stripped.scale();
    }

    /// ECMA-262, Number::toString, for radix 10.
    private static String ecmaScript(BigDecimal value) {
        var stripped = value.abs().stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int k = digits.length();
        int n = k - stripped.scale();
        String text;
        if (k <= n && n <= 21) {
            text = digits + "0".repeat(n - k);
        } else if (0 < n && n <= 21) {
            text = digits.substring(0, n) + "." + digits.substring(n);
        } else if (-6 < n && n <= 0) {
            text = "0." + "0".repeat(-n) + digits;
        } else {
            String mantissa = k == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
            text = mantissa + "e" + (n - 1 > 0 ? "+" : "") + (n - 1);
        }
        return value.signum() < 0 ? "-" + text : text;
    }
}
