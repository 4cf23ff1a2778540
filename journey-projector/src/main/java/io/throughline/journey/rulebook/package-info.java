/// The rulebook in force: what is installed, and the versions that the log of definitions puts in its place.
@NullMarked
package io.throughline.journey.rulebook;

import org.jspecify.annotations.NullMarked;
