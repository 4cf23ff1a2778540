package io.throughline.journey.rule.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// A plain condition in words, as they are true of an event that does not meet it: `its kind is not "postal"`.
///
/// Of the same part of CEL as [PlainCondition]. There are none where `&&` and `||` are mixed: the expression is easier to read then.
final class PlainWords {

    /// What holds between two values, in words.
    private enum Relation {
        IS("is"), IS_NOT("is not"), LESS("is less than"), AT_LEAST("is not less than"), MORE("is more than"), AT_MOST("is not more than");

        private final String words;

        Relation(String words) {
            this.words = words;
        }

        Relation negated() {
            return switch (this) {
                case IS -> IS_NOT;
                case IS_NOT -> IS;
                case LESS -> AT_LEAST;
                case AT_LEAST -> LESS;
                case MORE -> AT_MOST;
                case AT_MOST -> MORE;
            };
        }

        /// The same with the two values exchanged.
        Relation mirrored() {
            return switch (this) {
                case IS, IS_NOT -> this;
                case LESS -> MORE;
                case MORE -> LESS;
                case AT_LEAST -> AT_MOST;
                case AT_MOST -> AT_LEAST;
            };
        }
    }

    /// @param join the conjunction in it; `null` in a single statement
    private record Phrase(String text, @Nullable String join) {}

    private final boolean candidateIsOther;

    private PlainWords(boolean candidateIsOther) {
        this.candidateIsOther = candidateIsOther;
    }

    /// @param candidateIsOther whether the event is spoken of as `other`, and `this` is the activation
    static Optional<String> ofUnmet(CelExpr expression, boolean candidateIsOther) {
        return new PlainWords(candidateIsOther).phrase(expression, false).map(Phrase::text);
    }

    /// @param holds whether it does, or does not
    private Optional<Phrase> phrase(CelExpr expression, boolean holds) {
        return switch (expression.getKind()) {
            case SELECT -> Field.namedBy(expression)
                    .map(field -> expression.select().testOnly() ? presence(field, holds) : field.words(candidateIsOther) + (holds ? " is true" : " is not true"))
                    .map(PlainWords::single);
            case CALL -> call(expression.call(), holds);
            default -> Optional.empty();
        };
    }

    private Optional<Phrase> call(CelExpr.CelCall call, boolean holds) {
        if (call.target().isPresent()) {
            return Optional.empty();
        }
        var arguments = call.args();
        return switch (call.function()) {
            case "_&&_" -> joined(arguments, holds, holds ? " and " : " or ");
            case "_||_" -> joined(arguments, holds, holds ? " or " : " and ");
            case "!_" -> phrase(arguments.getFirst(), !holds);
            case "_==_" -> compared(arguments, Relation.IS, holds);
            case "_!=_" -> compared(arguments, Relation.IS_NOT, holds);
            case "_<_" -> compared(arguments, Relation.LESS, holds);
            case "_<=_" -> compared(arguments, Relation.AT_MOST, holds);
            case "_>_" -> compared(arguments, Relation.MORE, holds);
            case "_>=_" -> compared(arguments, Relation.AT_LEAST, holds);
            case "@in" -> membership(arguments.getFirst(), arguments.getLast(), holds);
            default -> Optional.empty();
        };
    }

    private Optional<Phrase> joined(List<CelExpr> arguments, boolean holds, String join) {
        BinaryOperator<Optional<Phrase>> both = (left, right) -> left.flatMap(first -> right.filter(second -> joins(first, join) && joins(second, join))
                .map(second -> new Phrase(first.text() + join + second.text(), join)));
        return arguments.stream().map(argument -> phrase(argument, holds)).reduce(both).flatMap(phrase -> phrase);
    }

    private static boolean joins(Phrase phrase, String join) {
        return phrase.join() == null || phrase.join().equals(join);
    }

    private Optional<Phrase> compared(List<CelExpr> arguments, Relation relation, boolean holds) {
        var said = holds ? relation : relation.negated();
        return Operand.of(arguments.getFirst()).flatMap(left -> Operand.of(arguments.getLast())
                .flatMap(right -> isSubject(left, right) ? sentence(left, said, right) : sentence(right, said.mirrored(), left)));
    }

    /// The candidate's own field before another, and that before a literal.
    private boolean isSubject(Operand left, Operand right) {
        return right.field() == null || (left.field() != null && left.field().ofOther() == candidateIsOther);
    }

    private Optional<Phrase> sentence(Operand subject, Relation relation, Operand object) {
        return Optional.ofNullable(subject.field()).map(field -> single(field.words(candidateIsOther) + " " + relation.words + " " + object(field, object)));
    }

    private String object(Field subject, Operand object) {
        if (object.field() == null) {
            return object.literal().toString();
        }
        boolean sameOfTheOther = object.field().ofOther() != subject.ofOther() && object.field().path().equals(subject.path());
        return sameOfTheOther ? object.field().owner(candidateIsOther) : object.field().words(candidateIsOther);
    }

    private Optional<Phrase> membership(CelExpr element, CelExpr list, boolean holds) {
        if (list.getKind() != ExprKind.Kind.LIST || !list.list().optionalIndices().isEmpty()) {
            return Optional.empty();
        }
        var literals = new ArrayList<String>();
        list.list().elements().forEach(candidate -> Operand.literal(candidate).ifPresent(literal -> literals.add(literal.toString())));
        boolean allLiterals = literals.size() == list.list().elements().size();
        return Operand.of(element).map(Operand::field).filter(_ -> allLiterals)
                .map(field -> single(field.words(candidateIsOther) + (holds ? " is one of " : " is none of ") + String.join(", ", literals)));
    }

    private String presence(Field field, boolean holds) {
        return (field.ofOther() == candidateIsOther ? "it" : "the activation") + (holds ? " has a field " : " has no field ") + field.path().name();
    }

    private static Phrase single(String text) {
        return new Phrase(text, null);
    }
}
