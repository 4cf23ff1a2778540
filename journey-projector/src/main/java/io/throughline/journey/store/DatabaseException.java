package io.throughline.journey.store;

import io.throughline.journey.StoreException;
import io.vertx.pgclient.PgException;
import java.util.Set;

/// PostgreSQL cannot be reached, refused, or did not answer in time. What was begun has not happened.
public final class DatabaseException extends StoreException {

    /// Classes of SQLSTATE that speak of the values: data exception, integrity constraint violation, program limit exceeded (as of an index
    /// row that is too long).
    private static final Set<String> VALUES = Set.of("22", "23", "54");

    DatabaseException(String message, Throwable cause) {
        super(message, cause, cause instanceof PgException refused && isAboutTheValues(refused.getSqlState()));
    }

    private static boolean isAboutTheValues(String sqlState) {
        return sqlState != null && sqlState.length() == 5 && VALUES.contains(sqlState.substring(0, 2));
    }
}
