package io.throughline.deploy.cli;

import io.throughline.deploy.access.Credentials;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the API is and with which token it is called: by option, else by environment, else the local stack's own.
final class ApiOption {
    @Mixin
    private StackOption stack;

    @Option(names = "--url", converter = Values.Origin.class, paramLabel = "URL", description = "Origin of the API (default: THROUGHLINE_URL, else the local stack). "
            + "The token is THROUGHLINE_TOKEN, else the local stack's.")
    private String url;

    /// @param role whose token of the local stack is used where the environment has none
    Api api(String role) throws IOException {
        var givenUrl = url != null ? url : System.getenv("THROUGHLINE_URL");
        var givenToken = System.getenv("THROUGHLINE_TOKEN");
        if (givenUrl != null && !Values.Origin.isOrigin(givenUrl)) {
            throw new WrongUsage("THROUGHLINE_URL is \"%s\", which is no address of a Throughline. Set it for example to http://localhost:8080"
                    .formatted(Printable.of(givenUrl)));
        }
        if (givenToken != null && !givenToken.matches("[!-~]+")) {
            throw new WrongUsage("THROUGHLINE_TOKEN holds what no token holds: spaces, line ends or other letters than those of English.");
        }
        if (givenUrl != null && givenToken != null) {
            return new Api(givenUrl, givenToken);
        }
        var credentials = credentials();
        return new Api(givenUrl != null ? givenUrl : credentials.baseUrl(), givenToken != null ? givenToken : credentials.tokens().get(role));
    }

    private Credentials credentials() throws IOException {
        var file = stack.folder().credentials();
        try {
            return Credentials.read(file);
        } catch (NoSuchFileException _) {
            throw new IOException("There is no stack: %s is missing. Start one with ./throughline up, or set THROUGHLINE_URL and THROUGHLINE_TOKEN."
                    .formatted(file));
        }
    }
}
