package io.throughline.journey.store;

import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The schemas of the database: `throughline`, which is migrated, and one for each generation of projections, which never is.
public final class Generations {

    private static final String SHARED = "throughline";

    private final String jdbcUrl;
    private final String user;
    private final String password;

    /// @param url `postgresql://user:password@host:port/database`
    public Generations(String url) {
        var options = PgConnectOptions.fromUri(url);
        this.jdbcUrl = "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase() + "?connectTimeout=5&socketTimeout=60";
        this.user = options.getUser();
        this.password = options.getPassword();
    }

    /// The generation that is live.
    ///
    /// @param installation names this database among those that may read one log
    public record Live(int number, String installation) {
        public String schema() {
            return "g" + number;
        }
    }

    /// Brings the schemas up to date, makes the first generation where there is none, and answers which one is live.
    /// Several processes may do so at once.
    ///
    /// @throws DatabaseException when the database cannot be reached or refuses
    public Live prepare() {
        try {
            migrate(SHARED, "classpath:db/throughline");
            var live = liveOrFirst();
            migrate(live.schema(), "classpath:db/generation");
            return live;
        } catch (SQLException | FlywayException failure) {
            throw new DatabaseException("preparing the database failed: " + failure.getMessage(), failure);
        }
    }

    private void migrate(String schema, String location) {
        Flyway.configure()
                .dataSource(jdbcUrl, user, password)
                .schemas(schema)
                .defaultSchema(schema)
                .locations(location)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    private Live liveOrFirst() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO throughline.generation (number) VALUES (1) ON CONFLICT DO NOTHING");
            statement.execute("INSERT INTO throughline.live (generation) VALUES (1) ON CONFLICT DO NOTHING");
            try (var rows = statement.executeQuery("SELECT generation, id::text FROM throughline.live, throughline.installation")) {
                rows.next();
                var live = new Live(rows.getInt(1), rows.getString(2));
                connection.commit();
                return live;
            }
        }
    }
}
