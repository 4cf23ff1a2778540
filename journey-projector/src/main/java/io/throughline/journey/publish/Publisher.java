package io.throughline.journey.publish;

import io.throughline.journey.Loop;
import io.throughline.journey.Worker;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Empties the queue of revisions onto the topic `findings`: at least once, numbered, in order for each finding.
///
/// A crash between acknowledgement and delete publishes again; consumers drop revisions that they have.
public final class Publisher implements Worker {

    private static final Logger LOG = Logger.getLogger(Publisher.class);
    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final RevisionQueue queue;
    private final Supplier<FindingTopic> topics;
    private final Loop loop = new Loop();
    private boolean retried;
    private volatile String trouble = "";
    private volatile long published;

    public Publisher(RevisionQueue queue, Supplier<FindingTopic> topics) {
        this.queue = queue;
        this.topics = topics;
    }

    /// There may be something to publish. From any thread; never waits.
    public void wake() {
        loop.wake();
    }

    @Override
    public void run() {
        while (!loop.ended()) {
            try (var topic = topics.get()) {
                retryRefused();
                while (!loop.ended()) {
                    int sent = queue.publishNext(BATCH, topic::publish);
                    published += sent;
                    trouble = "";
                    if (sent == 0) {
                        loop.rest(IDLE);
                    }
                }
            } catch (RuntimeException failure) {
                if (!loop.ended()) {
                    trouble = "publishing findings: " + failure.getMessage();
                    LOG.warnf("Publishing findings failed; trying again in %s: %s", RETRY, failure.getMessage());
                    loop.rest(RETRY);
                }
            }
        }
    }

    /// Once a start: by then the topic may take larger records.
    private void retryRefused() {
        if (!retried) {
            queue.retryRefused();
            retried = true;
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

    /// Revisions published since the start.
    public long published() {
        return published;
    }
}
