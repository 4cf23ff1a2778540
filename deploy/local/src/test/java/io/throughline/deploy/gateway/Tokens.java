package io.throughline.deploy.gateway;

import io.throughline.events.access.AccessList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// An access list of callers who are called like their tokens.
final class Tokens {
    private Tokens() {}

    static Path file(Path folder, String... tokens) throws IOException {
        var keys = Arrays.stream(tokens)
                .map(token -> "{\"id\":\"%s\",\"sha256\":\"%s\",\"roles\":[\"operator\"]}".formatted(token, AccessList.hash(token)))
                .collect(Collectors.joining(","));
        return Files.writeString(folder.resolve("access.json"), "{\"keys\":[" + keys + "]}");
    }
}
