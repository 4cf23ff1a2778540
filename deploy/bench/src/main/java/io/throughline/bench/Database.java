package io.throughline.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// One database of the run, asked behind the services' backs.
///
/// @param url for `DATABASE_URL`: `postgresql://user:password@host:port/database`
public record Database(String url) {

    /// Makes an empty database of this name on the same server, in place of what was there.
    Database create(String name) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
            statement.execute("CREATE DATABASE \"" + name + "\"");
            // What the last round left to write would slow this one down.
            statement.execute("CHECKPOINT");
        }
        return new Database(URI.create(url).resolve("/" + name).toString());
    }

    void drop(String name) throws SQLException {
        execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
    }

    void execute(String... statements) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// A connection of its own, to be closed by whoever asked for it.
    public Connection connect() throws SQLException {
        var parts = URI.create(url);
        var user = parts.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s?ApplicationName=bench".formatted(parts.getHost(), parts.getPort(), parts.getPath()), user[0], user[1]);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Database[" + URI.create(url).getPath() + "]";
    }
}
