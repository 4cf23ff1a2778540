package io.throughline.journey.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.throughline.events.Problem;
import io.throughline.events.json.Violation;
import io.throughline.events.openapi.Described;
import io.throughline.journey.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;

/// What the annotations of the resources do not say in this service's OpenAPI document: the problems of each operation, and examples.
/// Part of the build; the running service serves the document that comes of it.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {


    @Override
    public void filterOpenAPI(OpenAPI document) {
        Described.complete(document, ApiDescription::problems, examples());
    }

    static JsonNode examples() {
        return Described.examplesBeside(ApiDescription.class);
    }

    private static List<Problem> problems(HttpMethod method, String path, boolean takesBody) {
        return Arrays.stream(ErrorCode.values()).filter(code -> occurs(code, method, path, takesBody)).map(ApiDescription::example).toList();
    }

    private static boolean occurs(ErrorCode code, HttpMethod method, String path, boolean takesBody) {
        boolean ofRule = path.startsWith("/v1/rules/{id}");
        boolean changesRules = ofRule && (method == HttpMethod.PUT || method == HttpMethod.DELETE || path.endsWith("/activate"));
        boolean dismisses = path.endsWith("/dismiss");
        return switch (code) {
            case INVALID_PARAMETER, UNAUTHENTICATED, FORBIDDEN, NOT_ACCEPTABLE, BUSY, TOO_LONG, NOT_READY, INTERNAL -> true;
            case INVALID_BODY, BODY_TOO_LARGE, MEDIA_TYPE_UNKNOWN -> takesBody;
            case AS_OF_AHEAD -> method == HttpMethod.GET && path.startsWith("/v1/journeys") && !path.endsWith("/digest")
                    || path.endsWith("/backtests");
            case PERSON_UNKNOWN -> path.startsWith("/v1/journeys") || path.equals("/v1/persons/lookup");
            case FINDING_UNKNOWN -> path.startsWith("/v1/findings/{id}");
            case FINDING_AMBIGUOUS -> path.startsWith("/v1/findings/{id}");
            case FINDING_NOT_OPEN -> dismisses;
            case RULE_UNKNOWN -> ofRule || path.endsWith("/explain");
            case INVALID_RULE -> ofRule && (method == HttpMethod.PUT || path.endsWith("/backtests")) || path.equals("/v1/rules/validate");
            case RULE_INSTALLED -> ofRule && method == HttpMethod.DELETE;
            case TOO_MANY_RULES -> changesRules && method != HttpMethod.DELETE;
            case VERSION_MISMATCH -> changesRules;
            case OUTCOME_UNKNOWN -> changesRules || dismisses;
            case BACKTEST_UNKNOWN -> path.startsWith("/v1/backtests/");
            case TOO_MANY_BACKTESTS -> path.endsWith("/backtests");
            // Of other paths and methods than those that are described.
            case METHOD_UNKNOWN, PATH_UNKNOWN -> false;
        };
    }

    private static Problem example(ErrorCode code) {
        return switch (code) {
            case INVALID_PARAMETER -> Problems.example(code, "limit is a number from 1 to 500.");
            case INVALID_BODY -> Problems.example(code, "The body does not fit.")
                    .with(List.of(new Violation("/identity", "This field does not hold what is expected.")));
            case AS_OF_AHEAD -> Problems.example(code, "All that is known is known as of 2026-03-03T08:00:00Z; asOf cannot lie after that.");
            case UNAUTHENTICATED -> Problems.example(code, "Send the header Authorization: Bearer followed by a valid token.");
            case FORBIDDEN -> Problems.example(code, "The token is valid, but its role or scope does not allow this call.");
            case METHOD_UNKNOWN -> Problems.example(code, "This path does not know the method.");
            case NOT_ACCEPTABLE -> Problems.example(code, "Answers here are application/json, lists also text/csv or application/x-ndjson; ask for that, or leave the header Accept out.");
            case BODY_TOO_LARGE -> Problems.example(code, "At most 64 KiB are read here.");
            case MEDIA_TYPE_UNKNOWN -> Problems.example(code, "Send the body as application/json; a rule as application/yaml, too.");
            case PATH_UNKNOWN -> Problems.example(code, "There is no such path.");
            case PERSON_UNKNOWN -> Problems.example(code, "No event of this person is projected yet (through 2026-03-03T08:00:00Z).");
            case FINDING_UNKNOWN -> Problems.example(code,
                    "There is no finding of this id among what was evaluated as of 2026-03-03T08:00:00Z.");
            case FINDING_AMBIGUOUS -> Problems.example(code, "Say whose is meant with the parameter person: f7abec3d49d702ac2c948ab94e2133c4, "
                    + "0b1f7d0e5ad7e4b0a1e2d6a3c9f4e851.");
            case FINDING_NOT_OPEN -> Problems.example(code, "It is withdrawn: what it said no longer holds.");
            case RULE_UNKNOWN -> Problems.example(code, "There is no such rule; GET /v1/rules lists them.");
            case INVALID_RULE -> Problems.example(code, "See errors for what to change; nothing was written.")
                    .with(List.of(new Violation("/within", "is a span like P1D or PT36H", 7, 9)));
            case RULE_INSTALLED -> Problems.example(code, "The rule comes with the installation and is not changed; define another version instead.");
            case TOO_MANY_RULES -> Problems.example(code, "The rule has had 1000 versions: give it a new id.");
            case VERSION_MISMATCH -> Problems.example(code, "The version in force is 3, not 2; read it and decide again.");
            case OUTCOME_UNKNOWN -> Problems.example(code, "The change may or may not come into force: send it again, which is harmless.");
            case BACKTEST_UNKNOWN -> Problems.example(code, "There is no such back-test since this process started; start it again.");
            case TOO_MANY_BACKTESTS -> Problems.example(code, "Two back-tests are running; wait for one of them to end.");
            case BUSY -> Problems.example(code, "As many reads are under way as can be, and others wait. Try again in a moment.");
            case TOO_LONG -> Problems.example(code, "The evaluation was given up after 10 seconds. Ask for less: one rule, or an earlier asOf.");
            case NOT_READY -> Problems.example(code, "The database or the log does not answer. Try again in a moment.");
            case INTERNAL -> Problems.example(code, "Please tell your operator; the service's log has the reason.");
        };
    }
}
