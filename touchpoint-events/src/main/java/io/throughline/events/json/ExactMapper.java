package io.throughline.events.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// Reads numbers exactly, and refuses as malformed those that no exact number can hold.
///
/// An exponent of more than ten digits is well-formed JSON, but the library answers it with a [NumberFormatException], which no caller expects.
final class ExactMapper extends JsonMapper {

    private static final long serialVersionUID = 1;

    ExactMapper(JsonFactory factory) {
        super(factory);
    }

    private ExactMapper(ExactMapper other) {
        super(other);
    }

    @Override
    public ExactMapper copy() {
        return new ExactMapper(this);
    }

    /// All ways of reading a tree come through here.
    @Override
    protected JsonNode _readTreeAndClose(JsonParser parser) throws IOException {
        try {
            return super._readTreeAndClose(parser);
        } catch (NumberFormatException beyond) {
            throw new StreamConstraintsException("a number's exponent exceeds what an exact number can hold", parser.currentTokenLocation());
        }
    }
}
