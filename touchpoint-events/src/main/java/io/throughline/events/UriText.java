package io.throughline.events;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// URIs as RFC 3986 writes them: in ASCII, everything else percent-encoded. The library alone reads more.
public final class UriText {

    private UriText() {}

    /// A URI or a relative reference, not empty: CloudEvents' type URI-reference.
    public static boolean isReference(String text) {
        return !text.isEmpty() && (isPath(text) || parsed(text) != null);
    }

    /// With a scheme and without a fragment (RFC 3986, section 4.3): CloudEvents' type URI.
    public static boolean isAbsolute(String text) {
        var uri = parsed(text);
        return uri != null && uri.isAbsolute() && uri.getRawFragment() == null;
    }

    /// The usual form of a source, as in `/channels/self-service`, is known without a parser.
    private static boolean isPath(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean unreserved = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~';
            if (!unreserved && c != '/') {
                return false;
            }
        }
        return !text.startsWith("//");
    }

    private static @Nullable URI parsed(String text) {
        try {
            var uri = new URI(text);
            return text.chars().allMatch(c -> c < 0x80) && !hasBracketBehind(uri.getRawAuthority(), text) ? uri : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /// Brackets enclose an address in an authority, and stand nowhere else; the library lets them pass in queries.
    private static boolean hasBracketBehind(@Nullable String authority, String text) {
        var rest = authority == null ? text : text.substring(text.indexOf(authority) + authority.length());
        return rest.indexOf('[') >= 0 || rest.indexOf(']') >= 0;
    }
}
