package io.throughline.journey.http.planted;

import io.vertx.sqlclient.Row;

/// What only the store may know.
record KnowsSql(Row row) {}
