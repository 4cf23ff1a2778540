package io.throughline.events.catalogue;

/// What sources say about themselves. The subject is the source.
public sealed interface OperationsEvent extends TouchpointEvent {

    @WireName("source-heartbeat.v1")
    @Meaning("A source is alive and has sent all that it had. Its subject is the source, as in source:/systems/crm.")
    record SourceHeartbeat() implements OperationsEvent {}
}
