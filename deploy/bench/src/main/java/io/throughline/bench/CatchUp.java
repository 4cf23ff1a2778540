package io.throughline.bench;

import io.throughline.bench.Watch.Rates;
import io.throughline.bench.bare.BareInsert;
import io.throughline.bench.bare.BareProducer;
import io.throughline.deploy.stack.ServerProcess;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A backlog that waits on the log when the projector starts: how fast it is projected, and how fast it is projected and evaluated, beside
/// a bare loop that only stores it. Each round into an empty database.
final class CatchUp implements Measurement {
    private static final String TOPIC = "backlog";
    private static final String DATABASE = "catch_up";
    private static final String UNIT = "events/s";

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public List<Measured> take(Rig rig, Plan plan, Progress progress) throws Exception {
        progress.begin("laying %,d events on the log".formatted(plan.backlog()));
        rig.createTopic(TOPIC);
        rig.createTopic(TOPIC + "-definitions");
        var records = new StoryRecords(TOPIC, plan.backlog() / Story.STEPS.size());
        BareProducer.append(rig.brokers(), records::interleaved, plan.backlog());

        var activity = new Activity(plan.profile().isPresent());
        var ours = new ArrayList<Rates>();
        var bare = new ArrayList<Double>();
        var notes = new LinkedHashMap<String, Object>();
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.begin("%s, round %d of %d".formatted(name(), round, plan.rounds()));
            ours.add(project(rig, plan, activity, notes));
            bare.add(insert(rig, plan, notes));
            progress.done(Lines.round(this, round, ours.stream().map(Rates::stored).toList(), bare, UNIT)
                    + ", evaluated %,.0f".formatted(ours.getLast().evaluated()));
        }
        if (plan.profile().isPresent()) {
            notes.put("databaseSessions", activity.shares());
        }
        return List.of(
                new Measured(name(), UNIT, ours.stream().map(Rates::stored).toList(), bare, Optional.of(new Goal.PartOfBare(0.5)), notes),
                new Measured("projected-evaluated", UNIT, ours.stream().map(Rates::evaluated).toList(), bare, Optional.of(new Goal.PartOfBare(0.4)),
                        new LinkedHashMap<>()));
    }

    private static Rates project(Rig rig, Plan plan, Activity activity, SequencedMap<String, Object> notes) throws Exception {
        var database = rig.database().create(DATABASE);
        var projector = rig.start(rig.projector(TOPIC, database, Profile.recording(plan, "projector")));
        return followed(rig, projector, new Watch(projector, activity, plan.backlog()), database, true, notes, "cpuSeconds");
    }

    private static Rates followed(Rig rig, ServerProcess process, Watch watch, Database database, boolean evaluates,
            SequencedMap<String, Object> notes, String note)
            throws SQLException, InterruptedException {
        try {
            var cpu = new Cpu(process, rig.postgres(), rig.broker());
            var rates = watch.follow(database, evaluates);
            notes.put(note, cpu.seconds());
            return rates;
        } finally {
            rig.stop(process);
            rig.database().drop(DATABASE);
        }
    }

    private static double insert(Rig rig, Plan plan, SequencedMap<String, Object> notes) throws Exception {
        var database = rig.database().create(DATABASE);
        database.execute(BareInsert.TABLES);
        var process = rig.start(new Fork("bare-insert", BareInsert.class, 0, rig.log("bare-insert"), rig.withBrokers(Map.of(
                "DATABASE_URL", database.url(), "TOPIC", TOPIC))));
        var watch = new Watch(process, new Activity(false), plan.backlog());
        return followed(rig, process, watch, database, false, notes, "cpuSecondsBare").stored();
    }
}
