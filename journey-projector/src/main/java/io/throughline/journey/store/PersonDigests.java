package io.throughline.journey.store;

import io.throughline.journey.digest.Digest;
import io.throughline.journey.digest.PersonDigest;
import io.vertx.sqlclient.Row;

/// Digests of persons from their columns.
final class PersonDigests {

    static final String COLUMNS = "events, journey_digest, verdict_digest";

    private PersonDigests() {}

    static PersonDigest read(Row row) {
        return new PersonDigest(row.getLong(0), Digest.of(row.getBuffer(1).getBytes()), Digest.of(row.getBuffer(2).getBytes()));
    }
}
