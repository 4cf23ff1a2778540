package io.throughline.journey.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.throughline.events.Problem;
import io.throughline.events.json.Violation;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.rule.file.RuleFileException;
import io.throughline.journey.store.DatabaseException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The one way out for whatever goes wrong: RFC 9457. The domain names a kind; only this class knows HTTP.
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int MAX_VIOLATIONS = 100;

    @ServerExceptionMapper
    RestResponse<Problem> refused(Refusal refusal, UriInfo uri) {
        return answer(refusal.code(), refusal.getMessage(), uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> refusedRule(RuleFileException refused, UriInfo uri) {
        var violations = refused.faults().stream().limit(MAX_VIOLATIONS)
                .map(fault -> new Violation(fault.pointer(), fault.detail(),
                        fault.line() == 0 ? null : fault.line(), fault.line() == 0 ? null : fault.column()))
                .toList();
        return respond(problem(ErrorCode.INVALID_RULE, "See errors for what to change; nothing was written.", uri).with(violations));
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    RestResponse<Problem> unauthenticated(SecurityException refused, UriInfo uri) {
        return answer(ErrorCode.UNAUTHENTICATED, "Send the header Authorization: Bearer followed by a valid token.", uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> forbidden(ForbiddenException refused, UriInfo uri) {
        return answer(ErrorCode.FORBIDDEN, "The token is valid, but its role or scope does not allow this call.", uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unknownPath(NotFoundException refused, UriInfo uri) {
        return answer(ErrorCode.PATH_UNKNOWN, "There is no such path.", uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unknownField(UnrecognizedPropertyException unknown, UriInfo uri) {
        return body(unknown, "There is no such field here.", uri);
    }

    /// Named by itself, because the platform answers it without a word otherwise.
    @ServerExceptionMapper
    RestResponse<Problem> unfittingField(MismatchedInputException unfitting, UriInfo uri) {
        return unreadableBody(unfitting, uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unreadableBody(JsonProcessingException malformed, UriInfo uri) {
        return malformed instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                ? body(mapping, "This field does not hold what is expected.", uri)
                : answer(ErrorCode.INVALID_BODY, "The body is not JSON.", uri);
    }

    private static RestResponse<Problem> body(JsonMappingException wrong, String detail, UriInfo uri) {
        var pointer = wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("/", "/", ""));
        return respond(problem(ErrorCode.INVALID_BODY, "The body does not fit.", uri).with(List.of(new Violation(pointer, detail))));
    }

    @ServerExceptionMapper({DatabaseException.class, KafkaException.class})
    RestResponse<Problem> unavailable(RuntimeException failure, UriInfo uri) {
        LOG.warnf("Cannot answer: %s", failure.getMessage());
        return answer(ErrorCode.NOT_READY, "The database or the log does not answer. Try again in a moment.", uri);
    }

    /// A body that breaks off: its caller is gone, or gave up.
    @ServerExceptionMapper
    RestResponse<Problem> brokenOff(IOException cut, UriInfo uri) {
        LOG.debugf("A body broke off: %s", cut.getMessage());
        return answer(ErrorCode.INVALID_BODY, "The body broke off.", uri);
    }

    /// What the framework refuses by itself: method, media type, body.
    @ServerExceptionMapper
    RestResponse<Problem> other(WebApplicationException refused, UriInfo uri) {
        if (refused.getCause() instanceof JsonProcessingException malformed) {
            return unreadableBody(malformed, uri);
        }
        return switch (refused.getResponse().getStatus()) {
            case 405 -> answer(ErrorCode.METHOD_UNKNOWN, "This path does not know the method.", uri);
            case 406 -> answer(ErrorCode.NOT_ACCEPTABLE, "Answers here are application/json, lists also text/csv or application/x-ndjson; ask for that, or leave the header Accept out.", uri);
            case 413 -> answer(ErrorCode.BODY_TOO_LARGE, "At most 64 KiB are read here.", uri);
            case 415 -> answer(ErrorCode.MEDIA_TYPE_UNKNOWN, "Send the body as application/json; a rule as application/yaml, too.", uri);
            case 500 -> fault(refused, uri);
            default -> answer(ErrorCode.INVALID_BODY, "The request cannot be read.", uri);
        };
    }

    @ServerExceptionMapper
    RestResponse<Problem> fault(Throwable fault, UriInfo uri) {
        LOG.error("Unexpected failure while answering", fault);
        return answer(ErrorCode.INTERNAL, "Please tell your operator; the service's log has the reason.", uri);
    }

    private static RestResponse<Problem> answer(ErrorCode code, String detail, UriInfo uri) {
        return respond(problem(code, detail, uri));
    }

    private static Problem problem(ErrorCode code, String detail, UriInfo uri) {
        return Problem.of(code.wire(), code.title(), status(code), detail).at("/" + uri.getPath().replaceFirst("^/", ""));
    }

    private static RestResponse<Problem> respond(Problem problem) {
        var response = ResponseBuilder.create(RestResponse.Status.fromStatusCode(problem.status()), problem).header("Content-Type", Problem.MEDIA_TYPE);
        if (problem.status() == 401) {
            response.header("WWW-Authenticate", "Bearer");
        }
        if (problem.status() == 503 || problem.status() == 429) {
            response.header("Retry-After", "1");
        }
        return response.build();
    }

    /// @param detail as this code would say it of some request
    static Problem example(ErrorCode code, String detail) {
        return Problem.of(code.wire(), code.title(), status(code), detail);
    }

    private static int status(ErrorCode code) {
        return switch (code.kind()) {
            case INVALID -> 400;
            case METHOD -> 405;
            case UNACCEPTABLE -> 406;
            case TOO_LARGE -> 413;
            case MEDIA_TYPE -> 415;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case ABSENT -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case BUSY -> 429;
            case UNAVAILABLE -> 503;
            case FAULT -> 500;
        };
    }
}
