/// What lies on the topic `definitions`: every version of what an operator has laid down, kept for ever, as CloudEvents in binary mode.
@NullMarked
package io.throughline.events.definition;

import org.jspecify.annotations.NullMarked;
