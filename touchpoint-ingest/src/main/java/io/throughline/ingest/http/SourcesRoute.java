package io.throughline.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.definition.SourceJson;
import io.throughline.ingest.Budget;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.EventText;
import io.throughline.ingest.PercentEncoding;
import io.throughline.ingest.Refusal;
import io.throughline.ingest.WarnedTypes;
import io.throughline.ingest.sources.Registrar;
import io.throughline.ingest.sources.SourceChange;
import io.throughline.ingest.sources.SourceRegistry;
import io.throughline.ingest.sources.SourceState.Registered;
import io.throughline.ingest.sources.SourceState.Removed;
import io.throughline.ingest.sources.SourceState.Unreadable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/v1/sources`: the register of sources. Staff read it, operators write it, a channel's key reads what is laid down about its own source.
@Singleton
final class SourcesRoute {

    /// The path of one source, up to its name: percent-encoded, as in `/v1/sources/%2Fchannels%2Fweb`.
    static final String ONE = "/v1/sources/";

    /// Also bounds what the registry holds: this much for each source at most, times two where it is not in Latin letters.
    private static final int MAX_BYTES = 8 * 1024;
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private final Callers callers;
    private final Bodies bodies;
    private final Budget budget;
    private final LogOutage outage;
    private final SourceRegistry registry;
    private final Registrar registrar;
    private final WarnedTypes warned;
    private final InstantSource clock;

    SourcesRoute(Callers callers, Bodies bodies, Budget budget, LogOutage outage, SourceRegistry registry, Registrar registrar, WarnedTypes warned,
            InstantSource clock) {
        this.callers = callers;
        this.bodies = bodies;
        this.budget = budget;
        this.outage = outage;
        this.registry = registry;
        this.registrar = registrar;
        this.warned = warned;
        this.clock = clock;
    }

    void list(RoutingContext context) {
        var caller = callers.of(context.request());
        var page = Page.of(context.request());
        switch (caller) {
            case Principal.Channel channel -> Answers.json(context, 200, SourceAnswer.page(
                    registry.state(channel.source()) instanceof Registered own ? List.of(own) : List.of(), warned, null,
                    unregistered().stream().filter(channel.source()::equals).toList()));
            case Principal.Staff _ -> {
                var sources = registry.page(page.after(), page.limit() + 1);
                boolean more = sources.size() > page.limit();
                var shown = more ? sources.subList(0, page.limit()) : sources;
                Answers.json(context, 200, SourceAnswer.page(shown, warned, more ? Page.cursor(shown.getLast().definition().name()) : null,
                        page.after() == null ? unregistered() : null));
            }
        }
    }

    /// Whose events were warned of. They have no definition, and would stand nowhere else.
    private List<String> unregistered() {
        return warned.sources().stream().filter(name -> !(registry.state(name) instanceof Registered)).toList();
    }

    void get(RoutingContext context) {
        var caller = callers.of(context.request());
        Parameters.none(context.request());
        var name = name(context.request());
        if (caller instanceof Principal.Channel channel && !channel.source().equals(name)) {
            throw ErrorCode.NOT_PERMITTED.refusal("The key " + caller.id() + " may read its own source only.");
        }
        if (!(registry.state(name) instanceof Registered source)) {
            throw ErrorCode.NOT_FOUND.refusal("No source of this name is registered.");
        }
        answer(context, 200, source);
    }

    void put(RoutingContext context) {
        var request = context.request();
        var caller = editor(request);
        var name = name(request);
        var expected = expected(request);
        outage.refuse();
        var share = budget.open(caller.id());
        bodies.read(request, Bodies.Limit.of(MAX_BYTES), share)
                .map(body -> definition(name, EventText.read(ByteBuffer.wrap(body))))
                .compose(definition -> make(context, new SourceChange.Register(definition, expected, caller.id(), clock.instant())))
                .onComplete(made -> {
                    share.close();
                    answer(context, made);
                });
    }

    void delete(RoutingContext context) {
        var request = context.request();
        var caller = editor(request);
        var removal = new SourceChange.Remove(name(request), expected(request), caller.id(), clock.instant());
        outage.refuse();
        make(context, removal).onComplete(made -> answer(context, made));
    }

    private Future<Registrar.Change> make(RoutingContext context, SourceChange change) {
        return Future.fromCompletionStage(registrar.make(change), context.vertx().getOrCreateContext());
    }

    private void answer(RoutingContext context, AsyncResult<Registrar.Change> made) {
        if (made.failed()) {
            Answers.failure(context, made.cause());
            return;
        }
        switch (made.result().state()) {
            case Registered source -> answer(context, made.result().created() ? 201 : 200, source);
            case Removed _ -> Answers.noContent(context);
            case Unreadable(_, var reason) -> Answers.failure(context, new IllegalStateException("what was just written cannot be read: " + reason));
        }
    }

    private void answer(RoutingContext context, int status, Registered source) {
        context.response().putHeader(HttpHeaders.ETAG, "\"" + source.version() + "\"");
        Answers.json(context, status, SourceAnswer.of(source, warned.of(source.definition().name())));
    }

    private Principal editor(HttpServerRequest request) {
        var caller = callers.of(request);
        if (!(caller instanceof Principal.Staff staff && (staff.is(Role.OPERATOR) || staff.is(Role.ADMIN)))) {
            throw ErrorCode.NOT_PERMITTED.refusal("The key " + caller.id() + " may not change sources: that needs role operator.");
        }
        Parameters.none(request);
        return caller;
    }

    /// The last segment of the path as it was sent: what the router makes of it no longer tells `%2F` from `/`.
    private static String name(HttpServerRequest request) {
        var path = request.path();
        try {
            return PercentEncoding.decode(path.substring(path.lastIndexOf('/') + 1));
        } catch (IllegalArgumentException _) {
            throw ErrorCode.INVALID_REQUEST.refusal("The name of a source stands in the path percent-encoded, as in " + ONE + "%2Fchannels%2Fweb.");
        }
    }

    private static @Nullable Long expected(HttpServerRequest request) {
        var header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null) {
            return null;
        }
        var version = VERSION.matcher(header.strip());
        if (!version.matches()) {
            throw ErrorCode.INVALID_REQUEST.refusal("If-Match is a version in quotes, as in If-Match: \"3\".");
        }
        return Long.valueOf(version.group(1));
    }

    private static SourceDefinition definition(String name, JsonNode json) {
        return switch (SourceJson.ask(name, json)) {
            case SourceJson.Reading.Readable(var definition) -> definition;
            case SourceJson.Reading.Invalid(var violations) ->
                    throw new Refusal(ErrorCode.INVALID_SOURCE.problem("See errors for what to change; nothing was written.").with(violations));
        };
    }
}
