package io.throughline.journey.store;

import io.throughline.journey.digest.Digest;
import io.throughline.journey.digest.PersonDigest;
import io.vertx.sqlclient.Row;

/// Digests from their columns: `events, journey_digest, verdict_digest`.
final class PersonDigests {

    private PersonDigests() {}

    static PersonDigest read(Row row) {
        return new PersonDigest(row.getLong(0), Digest.of(row.getBuffer(1).getBytes()), Digest.of(row.getBuffer(2).getBytes()));
    }
}
