package io.throughline.events.catalogue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What an event, or a field of its data, says: a sentence for who sends it. The pages and schemas of the catalogue are made from these.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Meaning {
    String value() default "";

    /// The values that a text may have; none where any is welcome.
    String[] oneOf() default {};

    /// A value as a channel would send it, of a text.
    String example() default "";
}
