package io.throughline.journey.http;

import io.throughline.events.Problem;
import io.throughline.events.json.EventJson;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.ProjectorConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// What is settled before a request is routed: how long it and its answer may take, whether its URI can be read, whether its body is short
/// enough. So none of it is left to what would answer without a word, or write the URI into a log.
@ApplicationScoped
class Entrance {

    private static final long MOST_BYTES = 64 * 1024;
    /// Before everything else: the server's own limit stands at the negative numbers near zero.
    private static final int FIRST = -10_000;
    /// As RFC 9110, section 8.3.1, says it; parameters are looked at where they matter.
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+\\s*(;[\\x20-\\x7e]*)?");

    private final Duration exchangeWithin;

    Entrance(ProjectorConfig config) {
        this.exchangeWithin = config.exchangeWithin();
    }

    void open(@Observes Router router) {
        router.route().order(FIRST).handler(context -> {
            // A caller that sends its body or reads its answer slower than that is cut off, whatever it sends now and then.
            Exchange.begin(context, exchangeWithin);
            var fault = UriText.fault(context.request().path(), context.request().query());
            if (fault != null) {
                answer(context, 400, ErrorCode.INVALID_PARAMETER, fault);
            } else if (declaredLength(context) > MOST_BYTES) {
                tooLarge(context);
            } else if (!isMediaType(context.request().headers().getAll("Content-Type"))) {
                answer(context, 415, ErrorCode.MEDIA_TYPE_UNKNOWN, "The header Content-Type does not name one media type: application/json is one.");
            } else if (context.request().getHeader("Transfer-Encoding") != null) {
                readInChunks(context);
            } else {
                context.next();
            }
        }).failureHandler(Entrance::failed);
    }

    /// What has no declared length is read before it is routed: while a route reads it, one that turns out too long, or breaks off, is left to the
    /// platform, which answers without a document while the route answers, too, or writes a trace into the log. The platform's own reader would take some
    /// bodies for forms.
    private static void readInChunks(RoutingContext context) {
        var request = context.request();
        var body = Buffer.buffer();
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        request.handler(chunk -> {
            if (context.response().ended()) {
                return; // dropped
            }
            if (body.length() + chunk.length() > MOST_BYTES) {
                tooLarge(context);
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(_ -> {
            if (!context.response().ended() && !context.response().closed()) {
                context.response().putHeader("Connection", "close");
                answer(context, 400, ErrorCode.INVALID_PARAMETER, "The body broke off, or is not framed as HTTP asks.");
            }
        });
        request.endHandler(_ -> {
            if (!context.response().ended()) {
                var routing = (RoutingContextInternal) context;
                routing.visitHandler(RoutingContextInternal.BODY_HANDLER);
                routing.setBody(body);
                context.next();
            }
        });
        request.resume();
    }

    /// Comes before the platform's own failure handlers. The router gives up a request without a host, or with another target than a path, before its
    /// first route. What else fails goes on to where it is answered.
    private static void failed(RoutingContext context) {
        var request = context.request();
        if (request.authority() == null) {
            answer(context, 400, ErrorCode.INVALID_PARAMETER, "The header Host does not hold the name of a host.");
        } else if (request.path() == null || !request.path().startsWith("/")) {
            answer(context, 400, ErrorCode.INVALID_PARAMETER, "The path of a request begins with a slash.");
        } else {
            context.next();
        }
    }

    /// The platform takes any other text for a failure of ours.
    private static boolean isMediaType(List<String> headers) {
        return headers.isEmpty() || headers.size() == 1 && MEDIA_TYPE.matcher(headers.getFirst()).matches();
    }

    private static long declaredLength(RoutingContext context) {
        var length = context.request().getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return 0; // the server itself refuses it
        }
    }

    private static void tooLarge(RoutingContext context) {
        context.response().putHeader("Connection", "close");
        answer(context, 413, ErrorCode.BODY_TOO_LARGE, "At most 64 KiB are read here.");
    }

    private static void answer(RoutingContext context, int status, ErrorCode code, String detail) {
        var problem = Problem.of(code.wire(), code.title(), status, detail).at(context.request().path());
        context.response().setStatusCode(status).putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(EventJson.mapper().valueToTree(problem).toString());
    }
}
