package io.throughline.events.access;

import java.util.Set;

/// Who calls: a person or service with roles, or a channel bound to one source.
public sealed interface Principal {

    /// The name of the key, for logs. Never the token.
    String id();

    /// May this caller hand in events of `source`?
    boolean mayPostFor(String source);

    record Staff(String id, Set<Role> roles) implements Principal {
        public Staff {
            roles = Set.copyOf(roles);
        }

        public boolean is(Role role) {
            return roles.contains(role);
        }

        @Override
        public boolean mayPostFor(String source) {
            return is(Role.OPERATOR) || is(Role.ADMIN);
        }
    }

    record Channel(String id, String source, Set<Scope> scopes) implements Principal {
        public Channel {
            scopes = Set.copyOf(scopes);
        }

        public boolean has(Scope scope) {
            return scopes.contains(scope);
        }

        @Override
        public boolean mayPostFor(String other) {
            return has(Scope.POST) && source.equals(other);
        }
    }
}
