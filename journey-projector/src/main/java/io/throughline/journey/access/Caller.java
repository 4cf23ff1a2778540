package io.throughline.journey.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.throughline.events.access.Principal;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import jakarta.enterprise.context.RequestScoped;
import java.util.function.BooleanSupplier;

/// Who is calling now.
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /// The name of the key; never a token.
    public String name() {
        return BearerTokens.principal(identity).id();
    }

    /// Whether its key is still known, and may what it might: for what goes on for longer than a request. From any thread.
    public BooleanSupplier stands() {
        return BearerTokens.stands(identity);
    }

    /// A channel asks about its own source only; staff ask about any.
    ///
    /// @throws Refusal otherwise
    public void mayAskAbout(String source) {
        if (BearerTokens.principal(identity) instanceof Principal.Channel channel && !channel.source().equals(source)) {
            throw new Refusal(ErrorCode.FORBIDDEN, "The key of " + channel.source() + " gives receipts of that source only.");
        }
    }
}
