package io.throughline.events.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Kafka record without Kafka: what a CloudEvent in binary mode is made of.
///
/// @param value the JSON of `data`, or `null` where the event has none
public record LogRecord(byte[] key, List<Header> headers, byte @Nullable [] value) {

    public record Header(String name, byte[] value) {}
}
