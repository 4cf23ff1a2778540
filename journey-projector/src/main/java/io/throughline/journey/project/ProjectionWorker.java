package io.throughline.journey.project;

import io.throughline.journey.Loop;
import io.throughline.journey.StoreException;
import io.throughline.journey.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
    private final FailedPartitions failures;
    private final Partitions owned = new Partitions();
    private final Loop loop = new Loop();
    private Ends ends = Ends.UNKNOWN;
    private volatile String silence = "";
    private volatile long lag;
    private volatile long records;
    private volatile long fenced;
    private volatile Instant lastRecord;

    /// @param clockSkew how far the broker's clock may be behind ours
    /// @param projected told of how many records, or of none and only time, whenever one of both has moved on; from this worker's thread
    /// @param failures shared by the workers of one process, because a partition that fails may come to another of them
    public ProjectionWorker(ProjectionStore store, Function<TouchpointLog.Owner, TouchpointLog> logs, InstantSource clock, Duration clockSkew,
            IntConsumer projected, FailedPartitions failures) {
        this.store = store;
        this.logs = logs;
        this.clock = clock;
        this.clockSkew = clockSkew;
        this.projected = projected;
        this.failures = failures;
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
                failures.failed(owned.numbers(), String.valueOf(failure.getMessage()), clock.instant());
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

    /// What the broker's silence, or a failed partition of any worker of this process, amounts to.
    @Override
    public String trouble() {
        var failed = failures.trouble(clock.instant());
        return failed.isEmpty() ? silence : failed;
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
        var polled = log.poll(IDLE);
        var batch = owned.monotone(polled.records());
        boolean moved = project(batch, polled.next());
        failures.recovered(owned.caughtUp(ends));
        if (moved) {
            records += batch.size();
            lag = owned.lag(ends);
            projected.accept(batch.size());
        }
    }

    /// A batch that the store refuses is halved until the record that it refuses is alone; that one is kept aside, and the others go on.
    ///
    /// @return whether the place or the time of a partition moved
    private boolean project(List<Decoded> batch, Map<Integer, Long> reached) {
        var advances = owned.advances(batch, reached, ends);
        if (advances.isEmpty()) {
            return false;
        }
        try {
            store.project(advances, BatchPlan.of(batch));
        } catch (StoreException refused) {
            isolate(batch, reached, refused);
            return true;
        }
        owned.advance(advances);
        failures.recovered(advances.stream().filter(advance -> advance.to() > advance.from()).map(Advance::partition).toList());
        return true;
    }

    private void isolate(List<Decoded> batch, Map<Integer, Long> reached, StoreException refused) {
        if (!refused.isAboutTheValues()) {
            throw refused;
        }
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            project(batch.subList(0, half), Map.of());
            project(batch.subList(half, batch.size()), reached);
        } else if (!batch.isEmpty() && batch.getFirst() instanceof Decoded.Event event) {
            LOG.warnf("The store refuses the record at %s, which is kept aside: %s", event.position(), refused.getMessage());
            project(List.of(event.refused("the store cannot keep it: " + refused.getMessage())), reached);
        } else {
            throw refused;
        }
    }

    /// Before the poll: what was recorded up to the moment of asking lies before the ends.
    private void askForEnds(TouchpointLog log) {
        var asked = clock.instant().minus(clockSkew);
        try {
            ends = new Ends(asked, log.ends());
            silence = "";
            var beyond = owned.beyond(ends);
            if (!beyond.isEmpty()) {
                failures.failed(beyond, "the log ends before the checkpoint: log and database do not belong together", clock.instant());
            }
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
