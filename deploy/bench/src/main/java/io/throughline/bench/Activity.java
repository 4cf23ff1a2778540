package io.throughline.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What the sessions of a database were seen doing: samples, statement by statement, and what they waited for.
final class Activity {
    private static final int SHOWN = 15;
    private static final String QUERY = """
            SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 70) || CASE state WHEN 'active' THEN '' ELSE ' [' || state || ']' END,
                   coalesce(wait_event_type || ':' || wait_event, 'running')
              FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'""";

    private final boolean wanted;
    private final Map<String, Integer> seen = new HashMap<>();
    private int looks;

    /// @param wanted looking has a price: a hundredth of a core or so
    Activity(boolean wanted) {
        this.wanted = wanted;
    }

    void look(Connection connection) throws SQLException {
        if (!wanted) {
            return;
        }
        looks++;
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                seen.merge(rows.getString(1) + " | " + rows.getString(2), 1, Integer::sum);
            }
        }
    }

    /// The most frequent ones: sessions seen so, for each look.
    SequencedMap<String, Double> shares() {
        var shares = new LinkedHashMap<String, Double>();
        seen.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())).limit(SHOWN)
                .forEach(entry -> shares.put(entry.getKey(), Math.round(1000.0 * entry.getValue() / looks) / 1000.0));
        return shares;
    }
}
