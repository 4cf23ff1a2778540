package io.throughline.journey.project;

import io.throughline.journey.Loop;
import io.throughline.journey.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/// The projector's loop over the log: poll, decode, plan, one transaction behind a fence.
///
/// What it owns it owns by epoch, in the database; after any failure it forgets what it knew and takes its partitions anew. A broker that is merely
/// silent is no such failure: it takes nothing from us, and who stays in the group goes on as soon as it answers.
public final class ProjectionWorker implements Worker {

    private static final Logger LOG = Logger.getLogger(ProjectionWorker.class);

    /// How long a poll waits, and so how often an idle partition's time advances.
    private static final Duration IDLE = Duration.ofMillis(50);
    /// When nobody has had a record for so long, workers also rest between polls: a question for the ends of the log forty times a second is much for
    /// saying that nothing has happened, and the first event to come is seen a little later.
    private static final Duration QUIET_AFTER = Duration.ofSeconds(5);
    private static final Duration QUIET_REST = Duration.ofMillis(60);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final ProjectionStore store;
    private final Function<TouchpointLog.Owner, TouchpointLog> logs;
    private final InstantSource clock;
    private final Duration clockSkew;
    private final IntConsumer projected;
    private final Partitions owned = new Partitions();
    private final Loop loop = new Loop();
    private Ends ends = Ends.UNKNOWN;
    private String silence = "";
    private volatile String trouble = "";
    private volatile long lag;
    private volatile long records;
    private volatile long fenced;
    private volatile Instant lastRecord;

    /// @param clockSkew how far the broker's clock may be behind ours
    /// @param projected told of how many records, or of none and only time, whenever one of both has moved on; from this worker's thread
    public ProjectionWorker(
            ProjectionStore store, Function<TouchpointLog.Owner, TouchpointLog> logs, InstantSource clock, Duration clockSkew, IntConsumer projected) {
        this.store = store;
        this.logs = logs;
        this.clock = clock;
        this.clockSkew = clockSkew;
        this.projected = projected;
        this.lastRecord = clock.instant();
    }

    /// Failures are waited out with growing pauses.
    @Override
    public void run() {
        var pause = FIRST_RETRY;
        while (!loop.ended()) {
            try (var log = logs.apply(new Ownership())) {
                while (!loop.ended()) {
                    projectNext(log);
                    trouble = silence;
                    pause = FIRST_RETRY;
                    if (lastRecord.plus(QUIET_AFTER).isBefore(clock.instant())) {
                        loop.rest(QUIET_REST);
                    }
                }
            } catch (FencedException takenOver) {
                fenced++;
                LOG.infof("Another projector has taken over; starting again from the stored checkpoints (%s)", takenOver.getMessage());
            } catch (RuntimeException failure) {
                if (loop.ended()) {
                    return;
                }
                trouble = String.valueOf(failure.getMessage());
                LOG.warnf(failure, "Projecting failed; trying again in %s", pause);
                pause = waitOut(pause);
            } finally {
                owned.loseAll();
                lag = 0;
            }
        }
    }

    @Override
    public void stop() {
        loop.end();
    }

    /// Some worker has had a record, whose evaluation waits until all partitions have been looked at. From any thread; never waits.
    public void stir() {
        lastRecord = clock.instant();
        loop.wake();
    }

    @Override
    public String trouble() {
        return trouble;
    }

    /// Records of the partitions owned here that were not projected when we last looked.
    public long lag() {
        return lag;
    }

    /// Records projected since the start.
    public long records() {
        return records;
    }

    /// Batches given up since the start because another owner had taken over.
    public long fenced() {
        return fenced;
    }

    private void projectNext(TouchpointLog log) {
        askForEnds(log);
        var batch = owned.monotone(log.poll(IDLE));
        var advances = owned.advances(batch, ends);
        if (advances.isEmpty()) {
            return;
        }
        store.project(advances, BatchPlan.of(batch));
        owned.advance(advances);
        records += batch.size();
        lag = owned.lag(ends);
        projected.accept(batch.size());
    }

    /// Before the poll: what was recorded up to the moment of asking lies before the ends.
    private void askForEnds(TouchpointLog log) {
        var asked = clock.instant().minus(clockSkew);
        try {
            ends = new Ends(asked, log.ends());
            silence = "";
        } catch (SilentLogException noAnswer) {
            if (silence.isEmpty()) {
                LOG.warnf("Projecting waits: %s", noAnswer.getMessage());
            }
            silence = noAnswer.getMessage();
        }
    }

    private Duration waitOut(Duration pause) {
        loop.pause(pause);
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
    }

    private final class Ownership implements TouchpointLog.Owner {
        @Override
        public Map<Integer, Long> taken(Collection<Integer> partitions) {
            var from = new HashMap<Integer, Long>();
            for (var checkpoint : store.take(partitions)) {
                owned.take(checkpoint);
                from.put(checkpoint.partition(), checkpoint.next());
            }
            LOG.infof("Projecting partitions %s", from);
            return from;
        }

        @Override
        public void lost(Collection<Integer> partitions) {
            owned.lose(partitions);
        }
    }
}
