package io.throughline.journey.rule.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.EventPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;

/// A field that an expression names: `this.data.kind`, `other.time`.
record Field(boolean ofOther, EventPath path) {

    JsonNode in(Touchpoint self, Touchpoint other) {
        return path.in(ofOther ? other : self);
    }

    /// @param candidateIsOther whether the event that is judged is `other`, and `this` the activation
    String words(boolean candidateIsOther) {
        return owner(candidateIsOther) + " " + path.name();
    }

    String owner(boolean candidateIsOther) {
        return ofOther == candidateIsOther ? "its" : "the activation's";
    }

    Truth.Unknown missing() {
        return new Truth.Unknown(this + " is missing");
    }

    /// The field that `expression` names, if it is nothing but a chain of names from `this` or `other`.
    ///
    /// @throws IllegalArgumentException where the first name is not one of an event's
    static Optional<Field> namedBy(CelExpr expression) {
        var names = new ArrayList<String>();
        var root = expression;
        while (root.getKind() == ExprKind.Kind.SELECT) {
            names.add(root.select().field());
            root = root.select().operand();
        }
        if (names.isEmpty() || root.getKind() != ExprKind.Kind.IDENT || !isEvent(root.ident().name())) {
            return Optional.empty();
        }
        Collections.reverse(names);
        return Optional.of(new Field(root.ident().name().equals("other"), new EventPath(names.getFirst(), names.subList(1, names.size()))));
    }

    private static boolean isEvent(String name) {
        return name.equals("this") || name.equals("other");
    }

    @Override
    public String toString() {
        return (ofOther ? "other." : "this.") + path;
    }
}
