/// How sources are doing: what they promised, when they were heard, and what is told of those that are silent for longer than that.
@org.jspecify.annotations.NullMarked
package io.throughline.journey.source;
