package io.throughline.deploy.gateway;

/// A service behind the gateway.
///
/// @param name as its health check is called
/// @param port of its API
/// @param managementPort of its health
public record Upstream(String name, String host, int port, int managementPort) {}
