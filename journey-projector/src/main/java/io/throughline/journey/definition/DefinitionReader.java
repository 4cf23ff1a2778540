package io.throughline.journey.definition;

import io.throughline.journey.Loop;
import io.throughline.journey.StoreException;
import io.throughline.journey.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Reads the log of definitions and lets it take effect. Every process may do so: what is applied already is passed over.
public final class DefinitionReader implements Worker {

    private static final Logger LOG = Logger.getLogger(DefinitionReader.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Definitions definitions;
    private final Supplier<DefinitionLog> logs;
    private final Runnable applied;
    private final Object progress = new Object();
    /// The last record read; guarded by `progress`.
    private long read = -1;
    private final Loop loop = new Loop();
    private volatile String trouble = "";

    /// @param applied told after definitions took effect, from this reader's thread
    public DefinitionReader(Definitions definitions, Supplier<DefinitionLog> logs, Runnable applied) {
        this.definitions = definitions;
        this.logs = logs;
        this.applied = applied;
    }

    /// Lets everything that lies on the log now take effect, before anybody judges.
    public void catchUp() {
        try (var log = logs.get()) {
            long end = log.end();
            log.seek(definitions.next());
            while (!loop.ended() && definitions.next() < end) {
                var entries = log.poll(IDLE);
                if (!entries.isEmpty()) {
                    apply(entries);
                }
            }
        }
    }

    /// One that the store refuses has no effect, and those beside it have theirs.
    private void apply(List<DefinitionLog.Entry> entries) {
        try {
            definitions.apply(entries);
        } catch (StoreException refused) {
            if (!refused.isAboutTheValues() || (entries.size() == 1 && entries.getFirst().definition() == null)) {
                throw refused;
            }
            if (entries.size() > 1) {
                entries.forEach(entry -> apply(List.of(entry)));
            } else {
                var offset = entries.getFirst().offset();
                LOG.errorf("The definition at %d cannot be kept and has no effect: %s", offset, refused.getMessage());
                apply(List.of(new DefinitionLog.Entry(offset, null)));
            }
        }
    }

    /// Waits until the record at `offset` was read here, and what came of it is applied.
    ///
    /// @return false when it was not within `most`
    public boolean awaitRead(long offset, Duration most) {
        long until = System.nanoTime() + most.toNanos();
        synchronized (progress) {
            try {
                for (long left = most.toNanos(); read < offset && left > 0; left = until - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(progress, left);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return read >= offset;
        }
    }

    private void hasRead(long offset) {
        synchronized (progress) {
            read = offset;
            progress.notifyAll();
        }
    }

    @Override
    public void run() {
        while (!loop.ended()) {
            try (var log = logs.get()) {
                long next = definitions.next();
                log.seek(next);
                // What took effect before may not have been told: by another process, or because telling failed.
                applied.run();
                hasRead(next - 1);
                while (!loop.ended()) {
                    var entries = log.poll(IDLE);
                    if (!entries.isEmpty()) {
                        apply(entries);
                        applied.run();
                        hasRead(entries.getLast().offset());
                    }
                    trouble = "";
                }
            } catch (RuntimeException failure) {
                if (!loop.ended()) {
                    trouble = "reading definitions: " + failure.getMessage();
                    LOG.warnf("Reading definitions failed; trying again in %s: %s", RETRY, failure.getMessage());
                    loop.rest(RETRY);
                }
            }
        }
    }

    @Override
    public void stop() {
        loop.end();
    }

    @Override
    public String trouble() {
        return trouble;
    }
}
