package io.throughline.ingest;

import io.throughline.events.Identity;
import io.throughline.events.Token;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where identities become tokens, for events and for those who look a person up: nobody else makes tokens. The same person gets the same
/// token in every spelling that [io.throughline.events.IdentitySpelling] takes for one, from any instance of this service.
public interface Vault {

    /// @param identities of persons; control identities have no token
    /// @return their tokens, in the order asked for; fails when the vault cannot be reached, and never blocks
    CompletionStage<List<Token>> tokens(List<Identity> identities);
}
