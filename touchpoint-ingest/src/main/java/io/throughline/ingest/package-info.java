/// What may come in and how it gets to the log: pure decisions, and the ports ([Vault], [TouchpointLog]) they speak through.
///
/// `http`, `kafka` and `service` are the edges; `imports` is the feature that takes in whole files.
@NullMarked
package io.throughline.ingest;

import org.jspecify.annotations.NullMarked;
