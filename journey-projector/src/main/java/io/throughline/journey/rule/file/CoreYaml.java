package io.throughline.journey.rule.file;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactoryBuilder;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.ScalarEvent;

/// Parses YAML by the core schema of YAML 1.2 (section 10.3.2), which editors use: `NO` and `1_000` are text, `0123` is 123, a blank value is null.
/// The parser below it reads scalars by YAML 1.1.
final class CoreYaml extends YAMLFactory {

    private static final long serialVersionUID = 1;

    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?(\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN");

    CoreYaml(YAMLFactoryBuilder settings) {
        super(settings);
    }

    @Override
    protected YAMLParser _createParser(Reader text, IOContext context) {
        return new Parser(context, _parserFeatures, _yamlParserFeatures, _loaderOptions, _objectCodec, text);
    }

    private static final class Parser extends YAMLParser {

        Parser(IOContext context, int features, int yamlFeatures, LoaderOptions options, ObjectCodec codec, Reader text) {
            super(context, features, yamlFeatures, options, codec, text);
        }

        @Override
        protected JsonToken _decodeScalar(ScalarEvent scalar) throws IOException {
            _textValue = scalar.getValue();
            var tag = scalar.getTag();
            if (tag == null) {
                return scalar.isPlain() ? plain(_textValue) : JsonToken.VALUE_STRING;
            }
            return tag.equals("!") || tag.equals(STANDARD + "str") ? JsonToken.VALUE_STRING : tagged(tag, plain(_textValue));
        }

        private JsonToken plain(String text) throws IOException {
            if (NULL.matcher(text).matches()) {
                return JsonToken.VALUE_NULL;
            }
            if (TRUE.matcher(text).matches()) {
                return JsonToken.VALUE_TRUE;
            }
            if (FALSE.matcher(text).matches()) {
                return JsonToken.VALUE_FALSE;
            }
            if (WHOLE.matcher(text).matches()) {
                streamReadConstraints().validateIntegerLength(text.length());
                return JsonToken.VALUE_NUMBER_INT;
            }
            if (DECIMAL.matcher(text).matches()) {
                streamReadConstraints().validateFPLength(text.length());
                return JsonToken.VALUE_NUMBER_FLOAT;
            }
            if (NOT_FINITE.matcher(text).matches()) {
                throw refusal(text + " is a number that JSON does not have; quote it where text is meant");
            }
            return JsonToken.VALUE_STRING;
        }

        private JsonToken tagged(String tag, JsonToken token) throws IOException {
            boolean fits = switch (tag.replace(STANDARD, "")) {
                case "null" -> token == JsonToken.VALUE_NULL;
                case "bool" -> token.isBoolean();
                case "int" -> token == JsonToken.VALUE_NUMBER_INT;
                case "float" -> token.isNumeric();
                default -> throw refusal("the tag " + tag.replace(STANDARD, "!!") + " is none that a rule may use");
            };
            if (!fits) {
                throw refusal("is not what its tag " + tag.replace(STANDARD, "!!") + " says");
            }
            return token;
        }

        private JsonParseException refusal(String detail) {
            return new JsonParseException(this, detail, currentTokenLocation());
        }

        @Override
        public BigInteger getBigIntegerValue() {
            return switch (_textValue.length() < 2 ? "" : _textValue.substring(0, 2)) {
                case "0o" -> new BigInteger(_textValue.substring(2), 8);
                case "0x" -> new BigInteger(_textValue.substring(2), 16);
                default -> new BigInteger(_textValue);
            };
        }

        /// @throws NumberFormatException where the exponent is beyond what a decimal can have
        @Override
        public BigDecimal getDecimalValue() {
            return new BigDecimal(_textValue);
        }
    }
}
