package io.throughline.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the database is: `postgresql://user[:password]@host:port/database`.
final class DatabaseUrl {

    private DatabaseUrl() {}

    /// @param passwordFile whose first line is the password; read at each call, so that a new one is taken without a restart
    /// @throws UncheckedIOException when the file cannot be read, or the URL has no user or a password already; never with a password
    static String withPassword(String url, Optional<Path> passwordFile) {
        return passwordFile.map(file -> withPassword(url, file)).orElse(url);
    }

    private static String withPassword(String url, Path file) {
        int user = url.indexOf("://") + 3;
        int host = url.lastIndexOf('@');
        if (user < 3 || host <= user || url.substring(user, host).contains(":")) {
            throw unusable(file, "DATABASE_URL must name a user, and no password beside it, as in postgresql://user@host:5432/throughline", null);
        }
        try {
            var password = Files.readString(file).lines().findFirst().orElse("");
            if (password.isEmpty()) {
                throw unusable(file, "its first line is empty", null);
            }
            return url.substring(0, host) + ":" + URLEncoder.encode(password, UTF_8).replace("+", "%20") + url.substring(host);
        } catch (IOException unreadable) {
            throw unusable(file, "it cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static UncheckedIOException unusable(Path file, String why, IOException cause) {
        var message = "The password in DATABASE_PASSWORD_FILE (" + file + ") cannot be used: " + why + ".";
        return new UncheckedIOException(message, cause == null ? new IOException(message) : cause);
    }
}
