package io.throughline.deploy.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A fault that takes minutes: tried with `./throughline test --long` only, otherwise listed in the [FaultTable] as not tried.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InTheLongSet.Condition.class)
@interface InTheLongSet {
    /// The number of the fault in GUARANTEES.md.
    int fault();

    String what();

    /// Before anything of the class is started.
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Effort.isLong()) {
                return ConditionEvaluationResult.enabled("in the long set");
            }
            var test = context.getRequiredTestClass();
            var left = test.getAnnotation(InTheLongSet.class);
            FaultTable.notTried(left.fault(), left.what(), "--long", test);
            return ConditionEvaluationResult.disabled("takes minutes: ./throughline test --long");
        }
    }
}
