package io.throughline.journey.rulebook;

import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;

/// Versions of rules, as far as the log of definitions has taken effect.
public interface RuleStore {

    /// @param revision grows with every version that takes effect; 0 where there is none
    /// @param versions all that may govern: for each rule those since it was last removed, oldest first
    record Defined(long revision, List<RuleVersion> versions) {}

    Defined defined();

    /// All versions of one rule, oldest first, removals among them.
    List<RuleVersion> versions(String id);

    /// One version of a rule; empty where there is none, a removal where it is one.
    Optional<RuleVersion> version(String id, long number);

    /// How many ids have versions, removed ones included.
    int count();

    /// The types, or families of types, that registered sources send; holds `*` where one of them may send any.
    SequencedCollection<String> sentTypes();
}
