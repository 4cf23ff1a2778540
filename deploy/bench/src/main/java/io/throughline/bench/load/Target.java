package io.throughline.bench.load;

/// Where requests go.
///
/// @param path of the endpoint
/// @param token the bearer token of a source's key
public record Target(String host, int port, String path, String token) {

    /// The head of a request, up to and without the empty line.
    String head(String contentType, int contentLength) {
        return """
                POST %s HTTP/1.1\r
                Host: %s:%d\r
                Authorization: Bearer %s\r
                Content-Type: %s\r
                Content-Length: %d\r
                """.formatted(path, host, port, token, contentType, contentLength);
    }

    /// Without the token.
    @Override
    public String toString() {
        return "Target[http://" + host + ":" + port + path + "]";
    }
}
