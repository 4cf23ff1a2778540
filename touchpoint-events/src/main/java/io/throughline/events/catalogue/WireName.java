package io.throughline.events.catalogue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of an event on the wire: a literal that outlives every class, past tense and versioned, as in `address-changed.v1`.
///
/// Never reused. A changed meaning gets the next version, and the old name stays readable.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WireName {
    String value();
}
