package io.throughline.journey.http;

import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.rule.Severity;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// How a request says which findings it is about: the same wherever findings are listed, counted or followed.
final class FindingParameters {

    static final Set<String> STATUSES = Arrays.stream(FindingStatus.values()).map(FindingStatus::wire).collect(Collectors.toUnmodifiableSet());
    static final Set<String> SEVERITIES = Arrays.stream(Severity.values()).map(Severity::wire).collect(Collectors.toUnmodifiableSet());

    private FindingParameters() {}

    static FindingFilter filter(Parameters parameters) {
        return new FindingFilter(parameters.list("rule"), parameters.list("status", STATUSES), parameters.list("severity", SEVERITIES),
                parameters.text("stage"), parameters.token("person"), parameters.time("since"), parameters.time("from"), parameters.time("to"));
    }
}
