package io.throughline.journey.store;

import io.throughline.journey.project.BatchPlan.Projected;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// The columns of a batch of events for `unnest`, all filled in one pass.
final class TouchpointColumns {

    private TouchpointColumns() {}

    static Object[] of(List<Projected> events) {
        int size = events.size();
        var tokens = new UUID[size];
        var keys = new UUID[size];
        var hashes = new UUID[size];
        var occurred = new OffsetDateTime[size];
        var recorded = new OffsetDateTime[size];
        var offsets = new Long[size];
        var partitions = new Integer[size];
        var utcOffsets = new Integer[size];
        var namespaces = new String[size];
        var sources = new String[size];
        var ids = new String[size];
        var types = new String[size];
        var channels = new String[size];
        var sequences = new String[size];
        var further = new String[size];
        var data = new String[size];
        for (int i = 0; i < size; i++) {
            var key = events.get(i).key();
            var event = events.get(i).event();
            var attributes = event.envelope().attributes();
            tokens[i] = key.token().value();
            keys[i] = key.event().value();
            hashes[i] = event.envelope().contentHash().value();
            occurred[i] = attributes.time();
            recorded[i] = event.recordedAt().atOffset(ZoneOffset.UTC);
            offsets[i] = event.position().offset();
            partitions[i] = event.position().partition();
            utcOffsets[i] = attributes.time().getOffset().getTotalSeconds();
            namespaces[i] = event.envelope().subject().namespace();
            sources[i] = attributes.source();
            ids[i] = attributes.id();
            types[i] = attributes.type();
            channels[i] = attributes.channel();
            sequences[i] = attributes.sequence();
            further[i] = FurtherAttributes.write(attributes);
            data[i] = event.data();
        }
        return new Object[] {
            tokens, keys, hashes, occurred, recorded, offsets, partitions, utcOffsets, namespaces, sources, ids, types, channels, sequences, further, data
        };
    }
}
