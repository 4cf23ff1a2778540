package io.throughline.journey.store;

import io.throughline.events.Token;
import io.throughline.journey.query.Retries;
import org.jspecify.annotations.Nullable;

/// Ends pauses in the rows of persons; the evaluator of those apart finds them by itself.
public final class PostgresRetries implements Retries {

    private final Database database;

    public PostgresRetries(Database database) {
        this.database = database;
    }

    @Override
    public int retry(@Nullable Token person) {
        return database.inTransaction(session -> PersonRows.retry(session, person));
    }
}
