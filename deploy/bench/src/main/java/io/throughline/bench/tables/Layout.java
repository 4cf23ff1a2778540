package io.throughline.bench.tables;

import java.util.List;

/// A way to keep events: two needs meet in their table, reading a journey by token, and keeping (token, event key) unique.
///
/// @param indexes DDL
/// @param arbiter columns of the unique index, for `ON CONFLICT`; empty where there is none
/// @param payload column that takes the data: `data` is text, `document` is jsonb
record Layout(String name, List<String> indexes, String arbiter, String payload) {

    private static final List<String> BY_KEY =
            List.of("CREATE UNIQUE INDEX by_key_token ON touchpoint (event_key, token)", "CREATE INDEX by_token ON touchpoint (token)");

    static final List<Layout> ALL = List.of(
            new Layout("no index (bare limit)", List.of(), "", "data"),
            new Layout("unique (key, token), (token)", BY_KEY, "event_key, token", "data"),
            new Layout("the same, data as jsonb", BY_KEY, "event_key, token", "document"),
            new Layout("unique (token, key), (key)",
                    List.of("CREATE UNIQUE INDEX by_token_key ON touchpoint (token, event_key)", "CREATE INDEX by_key ON touchpoint (event_key)"),
                    "token, event_key", "data"),
            new Layout("unique (key, token), (token, time)",
                    List.of("CREATE UNIQUE INDEX by_key_token ON touchpoint (event_key, token)",
                            "CREATE INDEX by_token_time ON touchpoint (token, occurred_at)"),
                    "event_key, token", "data"));

    boolean hasSameIndexes(Layout other) {
        return indexes.equals(other.indexes);
    }
}
