package io.throughline.ingest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Cuts a batch (a JSON array) into the bytes of its events without parsing them.
///
/// Each event is then read by itself, so that one that is too large, too deep or not even JSON is refused alone,
/// and never more than one of them stands in memory as a tree.
public final class BatchItems {

    private final byte[] batch;
    private final int maxItems;
    private final List<ByteBuffer> items = new ArrayList<>();
    private int at;

    private BatchItems(byte[] batch, int maxItems) {
        this.batch = batch;
        this.maxItems = maxItems;
    }

    /// @throws Refusal `malformed-json` when this is not one array, `too-many-events` when it has more than `maxItems`
    public static List<ByteBuffer> of(byte[] batch, int maxItems) {
        return new BatchItems(batch, maxItems).cut();
    }

    private List<ByteBuffer> cut() {
        expect('[');
        skipBlank();
        if (at < batch.length && batch[at] == ']') {
            at++;
        } else {
            do {
                item();
            } while (batch[at++] == ',');
        }
        skipBlank();
        if (at < batch.length) {
            throw malformed("something follows the end of the array");
        }
        return items;
    }

    /// One item, up to the `,` or `]` behind it, which is left in place.
    private void item() {
        skipBlank();
        int start = at;
        int depth = 0;
        while (at < batch.length) {
            switch (batch[at]) {
                case '"' -> skipString();
                case '{', '[' -> depth++;
                case '}' -> depth--;
                case ']' -> {
                    if (depth-- == 0) {
                        add(start);
                        return;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        add(start);
                        return;
                    }
                }
                default -> { }
            }
            if (depth < 0) {
                throw malformed("a bracket closes what was not opened");
            }
            at++;
        }
        throw malformed("the array does not end");
    }

    private void add(int start) {
        if (start == at) {
            throw malformed("an item is missing");
        }
        if (items.size() == maxItems) {
            throw ErrorCode.TOO_MANY_EVENTS.refusal("A batch has at most " + maxItems + " events: send several.");
        }
        items.add(ByteBuffer.wrap(batch, start, at - start));
    }

    /// From the opening quote to the closing one.
    private void skipString() {
        for (at++; at < batch.length && batch[at] != '"'; at++) {
            if (batch[at] == '\\') {
                at++;
            }
        }
    }

    private void expect(char bracket) {
        skipBlank();
        if (at == batch.length || batch[at] != bracket) {
            throw malformed("a batch is a JSON array of events; one event alone is sent as application/cloudevents+json");
        }
        at++;
    }

    private void skipBlank() {
        while (at < batch.length && (batch[at] == ' ' || batch[at] == '\n' || batch[at] == '\r' || batch[at] == '\t')) {
            at++;
        }
    }

    private Refusal malformed(String what) {
        return ErrorCode.MALFORMED_JSON.refusal("The batch cannot be read: " + what + " (at byte " + at + "). Nothing of it was taken.");
    }
}
