package io.throughline.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.Identity;
import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.events.json.Violation;
import io.throughline.ingest.Budget;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.EventText;
import io.throughline.ingest.Refusal;
import io.throughline.ingest.Vault;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// `POST /v1/identities/tokens`: the tokens of identities, for our own services. Never routed from outside.
@Singleton
final class IdentityTokensRoute implements Handler<RoutingContext> {

    private static final int MAX_IDENTITIES = 1000;
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final Callers callers;
    private final Bodies bodies;
    private final Budget budget;
    private final Vault vault;

    IdentityTokensRoute(Callers callers, Bodies bodies, Budget budget, Vault vault) {
        this.callers = callers;
        this.bodies = bodies;
        this.budget = budget;
        this.vault = vault;
    }

    /// @param tokens in the order asked for; `null` for what is not a person's identity
    private record Answer(List<@Nullable String> tokens) {}

    @Override
    public void handle(RoutingContext context) {
        var caller = callers.of(context.request());
        if (!(caller instanceof Principal.Staff staff && staff.is(Role.SERVICE))) {
            throw ErrorCode.NOT_PERMITTED.refusal("The key " + caller.id() + " may not ask for tokens: that needs role service.");
        }
        Parameters.none(context.request());
        var share = budget.open(caller.id());
        bodies.read(context.request(), Bodies.Limit.of(MAX_BYTES), share)
                .map(body -> identities(EventText.read(ByteBuffer.wrap(body))))
                .compose(identities -> Future.fromCompletionStage(answer(identities), context.vertx().getOrCreateContext()))
                .onComplete(answer -> {
                    share.close();
                    if (answer.succeeded()) {
                        Answers.json(context, 200, answer.result());
                    } else {
                        Answers.failure(context, answer.cause());
                    }
                });
    }

    private CompletionStage<Answer> answer(List<Optional<Identity>> identities) {
        return vault.tokens(identities.stream().flatMap(Optional::stream).toList()).thenApply(tokens -> {
            var next = tokens.iterator();
            var answers = new ArrayList<@Nullable String>(identities.size());
            identities.forEach(identity -> answers.add(identity.map(_ -> next.next().toString()).orElse(null)));
            return new Answer(answers);
        });
    }

    private static List<Optional<Identity>> identities(JsonNode request) {
        var violations = new ArrayList<Violation>();
        request.fieldNames().forEachRemaining(name -> {
            if (!name.equals("identities")) {
                violations.add(new Violation("/" + name, "is not a field of this request"));
            }
        });
        var list = request.path("identities");
        if (!list.isArray() || list.size() > MAX_IDENTITIES) {
            violations.add(new Violation("/identities", "must be a list of at most " + MAX_IDENTITIES + " identities"));
        }
        if (!violations.isEmpty()) {
            throw new Refusal(ErrorCode.INVALID_REQUEST.problem("Send { \"identities\": [ \"customer:4711\", … ] }.").with(violations));
        }
        return list.valueStream().map(IdentityTokensRoute::person).toList();
    }

    private static Optional<Identity> person(JsonNode text) {
        try {
            return Optional.of(Identity.parse(text.asText())).filter(identity -> text.isTextual() && !identity.isControl());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
