package io.throughline.ingest;

/// Where an event lies on the log. Written `touchpoints-3:1042`.
public record Position(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic + "-" + partition + ":" + offset;
    }
}
