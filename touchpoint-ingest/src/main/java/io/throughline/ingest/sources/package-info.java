/// The register of sources: a fold of the topic `definitions`, changed by writing there first.
@NullMarked
package io.throughline.ingest.sources;

import org.jspecify.annotations.NullMarked;
