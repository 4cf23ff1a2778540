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

/// `Authorization: Bearer <token>` (RFC 6750), looked up by hash.
@ApplicationScoped
class BearerTokens implements HttpAuthenticationMechanism {

    private static final String PREFIX = "bearer ";

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
        return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                ? callers.authenticate(header.substring(PREFIX.length()).trim()).map(BearerTokens::identity)
                        .map(identity -> Uni.createFrom().item(identity)).orElseGet(BearerTokens::refused)
                : refused();
    }

    private static Uni<SecurityIdentity> refused() {
        return Uni.createFrom().failure(new AuthenticationFailedException("unknown token"));
    }

    private static SecurityIdentity identity(Principal principal) {
        var identity = QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(principal.id())).addAttribute(Principal.class.getName(), principal);
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

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
