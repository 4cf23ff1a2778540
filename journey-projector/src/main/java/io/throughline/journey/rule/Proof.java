package io.throughline.journey.rule;

import io.throughline.events.EventKey;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a verdict rests on: the first pieces of evidence in the order of the journey, how many there are in all, and a digest of all.
///
/// @param pieces at most [Pieces#MAX] and those that name the verdict
/// @param digest the first 128 bits of SHA-256 over role and key of every piece, in the order of the journey. Where all pieces are here it is
///     made when it is asked for: keep it rather than ask twice
public record Proof(List<Evidence> pieces, long count, @Nullable UUID digest) {

    public static final Proof NONE = new Proof(List.of(), 0, null);

    public Proof {
        pieces = List.copyOf(pieces);
        if (digest == null && count != pieces.size()) {
            throw new IllegalArgumentException("a digest of " + count + " pieces cannot be made of " + pieces.size());
        }
    }

    /// Of pieces that are all here.
    static Proof of(List<Evidence> pieces) {
        return new Proof(pieces, pieces.size(), null);
    }

    @Override
    public UUID digest() {
        if (digest != null) {
            return digest;
        }
        var all = new Digest128();
        pieces.forEach(piece -> add(all, piece.role(), EventKey.of(piece.event().source(), piece.event().id())));
        return all.value();
    }

    static void add(Digest128 all, Evidence.Role role, EventKey event) {
        all.add(role.wire()).add(event.value());
    }
}
