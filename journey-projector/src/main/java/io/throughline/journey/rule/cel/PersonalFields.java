package io.throughline.journey.rule.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import java.util.Set;
import java.util.stream.Stream;

/// Refuses what would look into a personal field: rules may compare one with `==` and `!=` and ask `has`, no more, for they see fingerprints.
final class PersonalFields extends CelExprVisitor {

    private static final Set<String> PERMITTED = Set.of("_==_", "_!=_");

    @Override
    protected void visit(CelExpr expression, CelExpr.CelCall call) {
        if (!PERMITTED.contains(call.function())) {
            Stream.concat(call.target().stream(), call.args().stream()).forEach(PersonalFields::refusePersonal);
        }
        super.visit(expression, call);
    }

    private static void refusePersonal(CelExpr argument) {
        boolean presenceTest = argument.selectOrDefault().testOnly();
        Field.namedBy(argument).filter(field -> !presenceTest && field.path().isPersonal()).ifPresent(field -> {
            throw new IllegalArgumentException(field + " is personal: only ==, != and has may be asked of it");
        });
    }
}
