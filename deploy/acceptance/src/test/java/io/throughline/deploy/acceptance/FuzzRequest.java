package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// One request as it goes over a socket. Its texts are bytes: each character is one, up to U+00FF.
///
/// @param door at which port it is sent
/// @param target of the request line: path and query, or what a mutation made of them
/// @param caller a role, a source, a text that is no token, or empty: no caller is named
/// @param framing how the end of the body is told
record FuzzRequest(Door door, String method, String target, String caller, List<Header> headers, byte[] body, Framing framing) {
    private static final int USUAL_TARGET = 2_000;
    private static final int USUAL_HEADERS = 8_000;

    /// The gateway, or a service behind it.
    enum Door { GATEWAY, INGEST, PROJECTOR }

    /// `WRONG`: by a header of a mutation, which may lie.
    enum Framing { LENGTH, CHUNKED, WRONG }

    record Header(String name, String value) {}

    FuzzRequest {
        headers = List.copyOf(headers);
    }

    /// Whether HTTP says that an answer is due: what is sent is one whole request, however odd its parts.
    boolean isWhole() {
        return framing != Framing.WRONG && method.matches("[A-Z]{1,20}") && !method.equals("CONNECT") && target.matches("[\\x21-\\xff]+")
                && headers.stream().allMatch(header -> header.name.matches("[A-Za-z0-9-]+")
                        && header.value.matches("[\\t\\x20-\\x7e\\x80-\\xff]*")
                        && !List.of("content-length", "transfer-encoding", "host", "upgrade",
                                "connection").contains(header.name.toLowerCase(Locale.ROOT)));
    }

    /// Whether it gets as far as to the routes of a service: its head can be read, and is not longer than any need be.
    boolean isUsual() {
        return isWhole() && target.length() < USUAL_TARGET && target.matches("/([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*") && isUri()
                && headers.stream().mapToInt(header -> header.name.length() + header.value.length()).sum() < USUAL_HEADERS;
    }

    /// Two slashes announce a host, which may be missing.
    private boolean isUri() {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    boolean headOnly() {
        return method.equals("HEAD");
    }

    byte[] head(UnaryOperator<String> token) {
        var head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (headers.stream().noneMatch(header -> header.name.equalsIgnoreCase("host"))) {
            head.append("Host: localhost\r\n");
        }
        if (!caller.isEmpty()) {
            head.append("Authorization: Bearer ").append(token.apply(caller)).append("\r\n");
        }
        headers.forEach(header -> head.append(header.name).append(": ").append(header.value).append("\r\n"));
        if (framing == Framing.CHUNKED) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (framing == Framing.LENGTH && (body.length > 0 || method.startsWith("P"))) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    byte[] framedBody() {
        if (framing != Framing.CHUNKED) {
            return body;
        }
        var text = new String(body, ISO_8859_1);
        int half = body.length / 2;
        return (chunk(text.substring(0, half)) + chunk(text.substring(half)) + "0\r\n\r\n").getBytes(ISO_8859_1);
    }

    private static String chunk(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    FuzzRequest withMethod(String other) {
        return new FuzzRequest(door, other, target, caller, headers, body, framing);
    }

    FuzzRequest withTarget(String other) {
        return new FuzzRequest(door, method, other, caller, headers, body, framing);
    }

    FuzzRequest withCaller(String other) {
        return new FuzzRequest(door, method, target, other, headers, body, framing);
    }

    FuzzRequest withHeaders(List<Header> others) {
        return new FuzzRequest(door, method, target, caller, others, body, framing);
    }

    FuzzRequest withHeader(String name, String value) {
        var all = new ArrayList<>(headers);
        all.removeIf(header -> header.name.equalsIgnoreCase(name));
        all.add(new Header(name, value));
        return withHeaders(all);
    }

    FuzzRequest withBody(byte[] other) {
        return new FuzzRequest(door, method, target, caller, headers, other, framing);
    }

    FuzzRequest withFraming(Framing other) {
        return new FuzzRequest(door, method, target, caller, headers, body, other);
    }

    /// As it goes over the wire, in printable ASCII, with the caller's name where the token stands.
    @Override
    public String toString() {
        var bytes = new StringBuilder();
        for (byte b : (new String(head(name -> "{" + name + "}"), ISO_8859_1) + new String(framedBody(),
                ISO_8859_1)).getBytes(ISO_8859_1)) {
            int c = b & 0xff;
            bytes.append(c == '\\' ? "\\\\" : c == '\r' ? "\\r" : c == '\n' ? "\\n" : c >= 0x20 && c < 0x7f ? "" + (char) c
                    : "\\x%02x".formatted(c));
        }
        return door + " " + bytes;
    }
}
