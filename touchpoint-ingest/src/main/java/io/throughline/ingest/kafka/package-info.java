@NullMarked
package io.throughline.ingest.kafka;

import org.jspecify.annotations.NullMarked;
