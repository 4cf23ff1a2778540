package io.throughline.journey.definition;

import io.throughline.events.definition.DefinitionRecord;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Writes definitions to their log, and waits until they have taken effect.
public final class DefinitionWriter {

    private static final Logger LOG = Logger.getLogger(DefinitionWriter.class);
    private static final Duration READ_BACK = Duration.ofSeconds(15);

    private final DefinitionTopic topic;
    private final DefinitionReader reader;

    public DefinitionWriter(DefinitionTopic topic, DefinitionReader reader) {
        this.topic = topic;
        this.reader = reader;
    }

    /// Returns once this process has read the record back. Whether it took effect, or another was first, the store tells.
    ///
    /// @throws Refusal `outcome-unknown` when it was not read back in time
    public void write(DefinitionRecord record) {
        try {
            if (reader.awaitRead(topic.append(record), READ_BACK)) {
                return;
            }
            LOG.warnf("A definition was not read back in time: key=%s version=%d", record.key(), record.version());
        } catch (RuntimeException failure) {
            LOG.warnf("A definition was not acknowledged: key=%s version=%d cause=%s", record.key(), record.version(), failure);
        }
        throw new Refusal(ErrorCode.OUTCOME_UNKNOWN, "The change may or may not come into force: send it again, which is harmless.");
    }
}
