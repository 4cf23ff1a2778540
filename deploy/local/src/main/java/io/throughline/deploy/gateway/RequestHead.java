package io.throughline.deploy.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.throughline.events.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// Whether the head of a request can be passed on so that every reader on its way understands the same (RFC 9112).
final class RequestHead {
    static final int MAX_BYTES = 16 * 1024;
    static final int MAX_LINE_BYTES = 8 * 1024;
    /// An event in binary mode with all attributes that it may have needs about fifty.
    private static final int MAX_FIELDS = 128;

    private RequestHead() {}

    /// What is wrong with it, if anything is.
    static Optional<Problem> fault(HttpServerRequest request) {
        var headers = request.headers();
        if (!request.uri().startsWith("/")) {
            return Optional.of(Problems.malformed("The target of a request is a path, as in /v1/events."));
        }
        if (!isUri(request.uri())) {
            return Optional.of(Problems.malformed("The target of a request is a URI (RFC 3986): other characters are percent-encoded, as in %7B."));
        }
        if (headers.entries().size() > MAX_FIELDS) {
            return Optional.of(Problems.tooLong("A request has at most " + MAX_FIELDS + " header fields.", 431));
        }
        if (request.version() == HttpVersion.HTTP_1_1 && headers.getAll(HttpHeaders.HOST).size() != 1) {
            return Optional.of(Problems.malformed("A request has one header Host."));
        }
        var encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!encodings.isEmpty() && !(isChunked(encodings) && request.version() == HttpVersion.HTTP_1_1)) {
            return Optional.of(Problems.malformed("A body is sent with Content-Length, or in HTTP/1.1 with Transfer-Encoding: chunked."));
        }
        if (headers.getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            return Optional.of(Problems.malformed("A request has one header Authorization."));
        }
        return expectation(request);
    }

    /// Strict to the same extent as the services' platform, which refuses any other without a word.
    private static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static boolean isChunked(List<String> encodings) {
        return encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked");
    }

    private static Optional<Problem> expectation(HttpServerRequest request) {
        var expectations = request.headers().getAll(HttpHeaders.EXPECT);
        boolean met = expectations.isEmpty() || expectations.size() == 1 && expectations.getFirst().equalsIgnoreCase("100-continue");
        return met ? Optional.empty() : Optional.of(Problems.expectation());
    }

    /// What is wrong with one that could not be decoded.
    static Problem undecodable(HttpServerRequest request) {
        return switch (request.decoderResult().cause()) {
            case TooLongHttpLineException _ -> Problems.tooLong("A request's first line has at most " + MAX_LINE_BYTES + " bytes.", 414);
            case TooLongHttpHeaderException _ -> Problems.tooLong("A request's header fields have at most " + MAX_BYTES + " bytes.", 431);
            case Framing.OtherVersionException _ -> Problems.otherVersion();
            case null, default -> Problems.malformed("This is not HTTP/1.1 as RFC 9112 has it, or says in two ways how long its body is.");
        };
    }
}
