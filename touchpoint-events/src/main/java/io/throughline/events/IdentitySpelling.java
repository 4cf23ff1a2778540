package io.throughline.events;

import java.util.Set;

/// Which spellings of an identity name the same person, by namespace, beside those that [Identity] takes for one everywhere.
///
/// @param caseless namespaces in which `Ada@Example.org` and `ada@example.org` are one
public record IdentitySpelling(Set<String> caseless) {

    /// Mail addresses are written in any case, and hardly any server tells them apart by it.
    public static final IdentitySpelling DEFAULT = new IdentitySpelling(Set.of("email"));

    /// @throws IllegalArgumentException for what is no namespace of persons
    public IdentitySpelling {
        caseless = Set.copyOf(caseless);
        for (var namespace : caseless) {
            if (!Identity.isNamespace(namespace) || new Identity(namespace, "any").isControl()) {
                throw new IllegalArgumentException("\"" + namespace + "\" is no namespace of persons' identities, such as email");
            }
        }
    }

    /// The one of all spellings of a person that tokens are made of.
    public Identity canonical(Identity identity) {
        return caseless.contains(identity.namespace()) ? new Identity(identity.namespace(), lowerCase(identity.value())) : identity;
    }

    /// Letter by letter, so that it is never longer, and the same in every locale.
    private static String lowerCase(String value) {
        return value.codePoints().map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
