package io.throughline.deploy.demo;

/// A fault that the demo makes on purpose: which rule must find it, and at which event.
public record PlantedFault(String rule, String source, String id) {}
