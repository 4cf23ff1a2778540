package io.throughline.journey.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Activation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// What one person's journey and its verdicts amount to, in two digests.
///
/// The journey: key and content hash of each event, in the total order. The verdicts: the sum of the digests of all activations, each of rule,
/// activating events, verdict and deadline, so that they may come in any order. Neither knows positions, times of recording, batches or
/// tokens, so a rebuild that is right has the same ones.
///
/// @param events how many the journey has
public record PersonDigest(long events, Digest journey, Digest verdicts) {

    /// Digests one journey as it streams by. Used once, by one thread.
    public static final class Builder {
        private final MessageDigest journey = sha256();
        private final MessageDigest verdict = sha256();
        private final Digest.Sum verdicts = new Digest.Sum();
        private final ByteBuffer event = ByteBuffer.allocate(32);
        private long events;

        /// The next event, in the total order; also one that evaluation does not see yet.
        public void add(Touchpoint touchpoint) {
            event.clear();
            put(touchpoint.key().value());
            put(touchpoint.contentHash().value());
            journey.update(event.array());
            events++;
        }

        private void put(UUID bits) {
            event.putLong(bits.getMostSignificantBits()).putLong(bits.getLeastSignificantBits());
        }

        /// The next activation, in any order and whatever its verdict.
        public void add(Activation activation) {
            verdicts.add(verdict.digest(line(activation).getBytes(UTF_8)));
        }

        public PersonDigest finish() {
            return new PersonDigest(events, Digest.of(journey.digest()), verdicts.digest());
        }

        private static String line(Activation activation) {
            var line = new StringBuilder(activation.rule().id());
            activation.events().forEach(event -> line.append('\0').append(event.source()).append('\0').append(event.id()));
            line.append('\0').append(activation.verdict().wire()).append('\0');
            if (activation.deadline() != null) {
                // Of every activation, and read by nobody: not worth a date written for people.
                line.append(activation.deadline().at().getEpochSecond()).append('.').append(activation.deadline().at().getNano());
            }
            return line.append('\n').toString();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
