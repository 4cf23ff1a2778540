package io.throughline.journey.project;

import io.throughline.journey.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
public final class ProjectionWorker implements Runnable {

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
    private final Map<Integer, Checkpoint> owned = new HashMap<>();
    private final Loop loop = new Loop();
    private Ends ends = new Ends(Instant.EPOCH, Map.of());
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

    /// Runs until [#stop]. Failures are logged, waited out with growing pauses, and never end the loop.
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
                owned.clear();
                lag = 0;
            }
        }
    }

    public void stop() {
        loop.end();
    }

    /// Some worker has had a record, whose evaluation waits until all partitions have been looked at. From any thread; never waits.
    public void stir() {
        lastRecord = clock.instant();
        loop.wake();
    }

    /// Empty while all is well; else the last failure.
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
        var batch = monotone(log.poll(IDLE));
        var advances = advances(batch);
        if (advances.isEmpty()) {
            return;
        }
        store.project(advances, BatchPlan.of(batch));
        advances.forEach(advance -> owned.computeIfPresent(advance.partition(), (_, checkpoint) -> checkpoint.after(advance)));
        records += batch.size();
        lag = owned.values().stream().mapToLong(checkpoint -> Math.max(0, ends.of(checkpoint.partition(), 0) - checkpoint.next())).sum();
        projected.accept(batch.size());
    }

    /// Before the poll: what was recorded up to the moment of asking lies before the ends. An answer of earlier stays as true as it was; it only gets old.
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

    /// `LogAppendTime` runs backwards when the broker's clock does; "known at" needs a prefix of every partition.
    private List<Decoded> monotone(List<Decoded> records) {
        var through = new HashMap<Integer, Instant>();
        var monotone = new ArrayList<Decoded>(records.size());
        for (var record : records) {
            int partition = record.position().partition();
            var before = through.computeIfAbsent(partition, p -> owned.containsKey(p) ? owned.get(p).recordedThrough() : Instant.EPOCH);
            var fixed = record.recordedAt().isBefore(before) ? record.recordedAt(before) : record;
            through.put(partition, fixed.recordedAt());
            monotone.add(fixed);
        }
        return monotone;
    }

    private Collection<Advance> advances(List<Decoded> records) {
        var last = new HashMap<Integer, Decoded>();
        records.forEach(record -> last.put(record.position().partition(), record));
        var advances = new ArrayList<Advance>();
        for (var checkpoint : owned.values()) {
            int partition = checkpoint.partition();
            var record = last.get(partition);
            long next = record == null ? checkpoint.next() : record.position().offset() + 1;
            var recorded = record == null ? checkpoint.recordedThrough() : record.recordedAt();
            boolean caughtUp = next >= ends.of(partition, Long.MAX_VALUE);
            var through = caughtUp ? Checkpoint.later(ends.asked(), recorded) : record == null ? checkpoint.projectedThrough() : recorded;
            if (record != null || through.isAfter(checkpoint.projectedThrough())) {
                long end = Math.max(next, ends.of(partition, next));
                advances.add(new Advance(partition, checkpoint.next(), next, checkpoint.epoch(), end, recorded, through));
            }
        }
        return advances;
    }

    private Duration waitOut(Duration pause) {
        loop.pause(pause);
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
    }

    /// What the broker last said: all that was recorded up to `asked` lies before the end of its partition.
    private record Ends(Instant asked, Map<Integer, Long> next) {
        long of(int partition, long otherwise) {
            return next.getOrDefault(partition, otherwise);
        }
    }

    private final class Ownership implements TouchpointLog.Owner {
        @Override
        public Map<Integer, Long> taken(Collection<Integer> partitions) {
            var from = new HashMap<Integer, Long>();
            for (var checkpoint : store.take(partitions)) {
                owned.put(checkpoint.partition(), checkpoint);
                from.put(checkpoint.partition(), checkpoint.next());
            }
            LOG.infof("Projecting partitions %s", from);
            return from;
        }

        @Override
        public void lost(Collection<Integer> partitions) {
            partitions.forEach(owned::remove);
        }
    }
}
