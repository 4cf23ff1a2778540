/// What an evaluation costs, counted in units of work and bytes, never by a clock.
@NullMarked
package io.throughline.journey.rule.work;

import org.jspecify.annotations.NullMarked;
