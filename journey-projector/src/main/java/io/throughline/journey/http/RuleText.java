package io.throughline.journey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request about rules says beside JSON: a text in one of two languages, and the version that it is based on.
final class RuleText {

    static final String YAML = "application/yaml";
    static final String TEXT_YAML = "text/yaml";
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,9})\"");

    private RuleText() {}

    /// A name for the body, which tells its language.
    static String name(@Nullable String mediaType) {
        if (mediaType == null) {
            throw new Refusal(ErrorCode.MEDIA_TYPE_UNKNOWN, "Say in Content-Type which it is: application/json or application/yaml.");
        }
        return mediaType.contains("yaml") ? "body.yaml" : "body.json";
    }

    static String of(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw new Refusal(ErrorCode.INVALID_BODY, "The body is empty.");
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException _) {
            throw new Refusal(ErrorCode.INVALID_BODY, "The body is not text in UTF-8.");
        }
    }

    static String etag(long version) {
        return "\"" + version + "\"";
    }

    /// The version in `If-Match`; `null` without the header.
    static @Nullable Long expected(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        var version = VERSION.matcher(ifMatch.strip());
        if (!version.matches()) {
            throw new Refusal(ErrorCode.INVALID_PARAMETER, "If-Match is a version in quotes, as in If-Match: \"3\"; \"0\" says that there is none.");
        }
        return Long.valueOf(version.group(1));
    }
}
