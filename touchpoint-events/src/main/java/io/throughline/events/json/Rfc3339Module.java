package io.throughline.events.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.throughline.events.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/// Times with an offset as [Rfc3339] reads and writes them: the library reads more forms, and numbers, too.
final class Rfc3339Module extends SimpleModule {

    private static final long serialVersionUID = 1;

    Rfc3339Module() {
        super("rfc3339");
        addDeserializer(OffsetDateTime.class, new Reader());
        addSerializer(OffsetDateTime.class, new Writer());
    }

    private static final class Reader extends StdScalarDeserializer<OffsetDateTime> {

        private static final long serialVersionUID = 1;

        Reader() {
            super(OffsetDateTime.class);
        }

        @Override
        public OffsetDateTime deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (OffsetDateTime) context.handleUnexpectedToken(OffsetDateTime.class, parser);
            }
            try {
                return Rfc3339.parse(parser.getText());
            } catch (DateTimeException wrong) {
                return context.reportInputMismatch(this, "a time with an offset (RFC 3339) is expected: it %s", wrong.getMessage());
            }
        }
    }

    private static final class Writer extends StdScalarSerializer<OffsetDateTime> {

        private static final long serialVersionUID = 1;

        Writer() {
            super(OffsetDateTime.class);
        }

        @Override
        public void serialize(OffsetDateTime time, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(Rfc3339.format(time));
        }
    }
}
