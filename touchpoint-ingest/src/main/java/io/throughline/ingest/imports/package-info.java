/// Whole files of events, one a line, of any length in bounded memory.
@NullMarked
package io.throughline.ingest.imports;

import org.jspecify.annotations.NullMarked;
