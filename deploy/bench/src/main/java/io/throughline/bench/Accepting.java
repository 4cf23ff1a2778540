package io.throughline.bench;

import io.throughline.bench.bare.BareEndpoint;
import io.throughline.bench.bare.BareProducer;
import io.throughline.bench.load.ClosedLoop;
import io.throughline.bench.load.EventRequests;
import io.throughline.bench.load.Target;
import io.throughline.deploy.stack.Loopback;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Events accepted per second by the packaged ingest: one a request beside a bare endpoint, and a hundred a request beside a bare producer.
final class Accepting {
    private static final String UNIT = "events/s";
    private static final long CUSTOMERS = 200_000;
    private static final int BATCH = 100;

    private Accepting() {}

    /// Single events, 256 connections.
    static final class Single implements Measurement {
        private static final int CONNECTIONS = 256;

        @Override
        public String name() {
            return "accept-single";
        }

        @Override
        public List<Measured> take(Rig rig, Plan plan, Progress progress) throws Exception {
            rig.createTopic("single-bare");
            int port = Loopback.freePort();
            var ingest = rig.ingest("single", Profile.recording(plan, "ingest"));
            var fork = new Fork("bare-endpoint", BareEndpoint.class, port, rig.log("bare-endpoint"), rig.withBrokers(Map.of(
                    "PORT", Integer.toString(port), "TOPIC", "single-bare")));
            var ours = rig.startAndAwait(ingest);
            var bare = rig.startAndAwait(fork);
            try {
                return List.of(measure(rig, plan, progress, rig.events(ingest.port()), rig.events(fork.port())));
            } finally {
                rig.stop(ours);
                rig.stop(bare);
            }
        }

        private Measured measure(Rig rig, Plan plan, Progress progress, Target ingest, Target endpoint) {
            var ours = new ArrayList<Double>();
            var bare = new ArrayList<Double>();
            var number = new AtomicLong();
            progress.begin(name() + ", warming up");
            rate(rig, plan.compiling(), plan.warmUp(), ingest, number);
            rate(rig, plan.compiling(), plan.warmUp(), endpoint, number);
            for (int round = 1; round <= plan.rounds(); round++) {
                progress.begin("%s, round %d of %d".formatted(name(), round, plan.rounds()));
                ours.add(rate(rig, plan.warmUp(), plan.accepting(), ingest, number));
                bare.add(rate(rig, plan.warmUp(), plan.accepting(), endpoint, number));
                progress.done(Lines.round(this, round, ours, bare, UNIT));
            }
            var nothing = new Target(endpoint.host(), endpoint.port(), BareEndpoint.NOTHING, endpoint.token());
            var notes = new LinkedHashMap<String, Object>();
            notes.put("clientAgainstNothing", Math.round(rate(rig, plan.warmUp(), plan.accepting(), nothing, number)));
            return new Measured(name(), UNIT, ours, bare, Optional.of(new Goal.PartOfBare(0.6)), notes);
        }

        private static double rate(Rig rig, Duration warmUp, Duration measured, Target target, AtomicLong number) {
            var requests = EventRequests.single(target, Story.STEPS, CUSTOMERS, Clock.systemUTC(), number);
            return ClosedLoop.eventsPerSecond(rig.vertx(), target, CONNECTIONS, requests, warmUp, measured);
        }
    }

    /// Batches of a hundred, 32 connections.
    static final class Batches implements Measurement {
        private static final int CONNECTIONS = 32;

        @Override
        public String name() {
            return "accept-batch";
        }

        @Override
        public List<Measured> take(Rig rig, Plan plan, Progress progress) throws Exception {
            rig.createTopic("batch-bare");
            var ingest = rig.ingest("batch", Profile.recording(plan, "ingest-batch"));
            var process = rig.startAndAwait(ingest);
            try {
                var target = rig.events(ingest.port());
                var requests = EventRequests.batches(target, Story.STEPS, BATCH, CUSTOMERS, Clock.systemUTC(), new AtomicLong());
                var records = new StoryRecords("batch-bare", CUSTOMERS);
                var ours = new ArrayList<Double>();
                var bare = new ArrayList<Double>();
                var notes = new LinkedHashMap<String, Object>();
                progress.begin(name() + ", warming up");
                ClosedLoop.eventsPerSecond(rig.vertx(), target, CONNECTIONS, requests, plan.compiling(), plan.warmUp());
                BareProducer.recordsPerSecond(rig.brokers(), records::spread, plan.compiling(), plan.warmUp());
                for (int round = 1; round <= plan.rounds(); round++) {
                    progress.begin("%s, round %d of %d".formatted(name(), round, plan.rounds()));
                    var cpu = new Cpu(process, rig.broker());
                    ours.add(ClosedLoop.eventsPerSecond(rig.vertx(), target, CONNECTIONS, requests, plan.warmUp(), plan.accepting()));
                    notes.put("cpuSeconds", cpu.seconds());
                    cpu = new Cpu(rig.broker());
                    bare.add(BareProducer.recordsPerSecond(rig.brokers(), records::spread, plan.warmUp(), plan.accepting()));
                    notes.put("cpuSecondsBare", cpu.seconds());
                    progress.done(Lines.round(this, round, ours, bare, UNIT));
                }
                return List.of(new Measured(name(), UNIT, ours, bare, Optional.of(new Goal.PartOfBare(0.5)), notes));
            } finally {
                rig.stop(process);
            }
        }
    }
}
