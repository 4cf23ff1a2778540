package io.throughline.journey.rule;

import io.throughline.journey.rule.value.Correlation;

/// An event that closes the window of an activation with which it agrees in `by`.
public record Until(Selector selector, Correlation by) {}
