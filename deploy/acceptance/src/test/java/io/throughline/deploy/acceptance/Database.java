package io.throughline.deploy.acceptance;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// One database, asked behind the services' backs.
///
/// @param url for `DATABASE_URL`: `postgresql://user:password@host:port/database`
record Database(String url) {

    /// Each row as text, its columns joined by `|`.
    List<String> rows(String query) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement(); var result = statement.executeQuery(query)) {
            var rows = new ArrayList<String>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new StringJoiner("|");
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    long number(String query) throws SQLException {
        return Long.parseLong(rows(query).getFirst());
    }

    /// Makes a database of this name on the same server.
    Database create(String name) throws SQLException {
        execute("CREATE DATABASE \"" + name + "\"");
        return on(name);
    }

    void execute(String statement) throws SQLException {
        try (var connection = connect(); var session = connection.createStatement()) {
            session.execute(statement);
        }
    }

    /// The database of this name on the same server.
    Database on(String name) {
        return new Database(URI.create(url).resolve("/" + name).toString());
    }

    /// Keeps everybody from reading and writing this table until closed.
    TableLock lock(String table) throws SQLException {
        var connection = connect();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
        return new TableLock(connection, table, this);
    }

    record TableLock(Connection connection, String table, Database database) implements AutoCloseable {

        /// Sessions that wait for it.
        long waiters() throws SQLException {
            return database.number("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '" + table + "'::regclass");
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private Connection connect() throws SQLException {
        var parts = URI.create(url);
        var user = parts.getUserInfo().split(":", 2);
        return DriverManager.getConnection("jdbc:postgresql://%s:%d%s".formatted(parts.getHost(), parts.getPort(), parts.getPath()), user[0], user[1]);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Database[" + URI.create(url).getPath() + "]";
    }
}
