package io.throughline.journey.source;

import io.throughline.journey.Loop;
import io.throughline.journey.Worker;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Looks, again and again, whether a source is silent for longer than it promised: nothing arrives that could say so.
public final class SilenceWatch implements Worker {

    private static final Logger LOG = Logger.getLogger(SilenceWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Silences silences;
    private final Runnable told;
    private final Loop loop = new Loop();
    private volatile String trouble = "";

    /// @param told called when there is something to publish, from this watch's thread
    public SilenceWatch(Silences silences, Runnable told) {
        this.silences = silences;
        this.told = told;
    }

    @Override
    public void run() {
        while (!loop.ended()) {
            try {
                if (silences.judge(SourceSilence::revisions) > 0) {
                    told.run();
                }
                trouble = "";
            } catch (RuntimeException failure) {
                if (!loop.ended()) {
                    trouble = "watching sources: " + failure.getMessage();
                    LOG.warnf("Looking for silent sources failed; trying again in %s: %s", INTERVAL, failure.getMessage());
                }
            }
            loop.rest(INTERVAL);
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
