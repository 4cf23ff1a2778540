package io.throughline.events.catalogue;

/// What sources say about themselves. The subject is the source.
public sealed interface OperationsEvent extends TouchpointEvent {

    @WireName("source-heartbeat.v1")
    record SourceHeartbeat() implements OperationsEvent {}
}
