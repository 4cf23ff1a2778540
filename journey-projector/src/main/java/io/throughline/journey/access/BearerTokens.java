package io.throughline.journey.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.throughline.events.access.Principal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// `Authorization: Bearer <token>` (RFC 6750), looked up by hash.
@ApplicationScoped
class BearerTokens implements HttpAuthenticationMechanism {

    private static final String PREFIX = "bearer ";
    private static final String STANDS = BearerTokens.class.getName() + ".stands";

    private final Callers callers;

    BearerTokens(Callers callers) {
        this.callers = callers;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviderManager) {
        var header = context.request().getHeader("Authorization");
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return refused();
        }
        var token = header.substring(PREFIX.length()).trim();
        return callers.authenticate(token).map(principal -> Uni.createFrom().item(identity(principal, () -> stands(token, principal))))
                .orElseGet(BearerTokens::refused);
    }

    private static Uni<SecurityIdentity> refused() {
        return Uni.createFrom().failure(new AuthenticationFailedException("unknown token"));
    }

    private boolean stands(String token, Principal principal) {
        return callers.authenticate(token).filter(principal::equals).isPresent();
    }

    private static SecurityIdentity identity(Principal principal, BooleanSupplier stands) {
        var identity = QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(principal.id())).addAttribute(Principal.class.getName(), principal)
                .addAttribute(STANDS, stands);
        switch (principal) {
            case Principal.Staff staff -> staff.roles().forEach(role -> identity.addRole(role.wireName()));
            case Principal.Channel channel -> channel.scopes().forEach(scope -> identity.addRole("channel:" + scope.wireName()));
        }
        return identity.build();
    }

    /// The caller behind an identity that came from here.
    static Principal principal(SecurityIdentity identity) {
        return identity.getAttribute(Principal.class.getName());
    }

    /// Whether the token of an identity that came from here would still be taken for the same.
    static BooleanSupplier stands(SecurityIdentity identity) {
        return identity.getAttribute(STANDS);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
