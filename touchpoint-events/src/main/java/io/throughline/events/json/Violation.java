package io.throughline.events.json;

/// One thing wrong with a body: where (RFC 6901 JSON pointer) and what, in words for its sender. The offending value is not repeated.
public record Violation(String pointer, String detail) {}
