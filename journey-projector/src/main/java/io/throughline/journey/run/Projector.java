package io.throughline.journey.run;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Loop;
import io.throughline.journey.ProjectorConfig;
import io.throughline.journey.Refusal;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.definition.DefinitionReader;
import io.throughline.journey.definition.DefinitionWriter;
import io.throughline.journey.kafka.KafkaDefinitionLog;
import io.throughline.journey.kafka.KafkaDefinitionTopic;
import io.throughline.journey.kafka.KafkaFindingTopic;
import io.throughline.journey.kafka.KafkaTouchpointLog;
import io.throughline.journey.kafka.Topics;
import io.throughline.journey.project.EvaluationWorker;
import io.throughline.journey.project.ProjectionWorker;
import io.throughline.journey.project.Share;
import io.throughline.journey.publish.Publisher;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Settling;
import io.throughline.journey.rulebook.LiveRulebook;
import io.throughline.journey.rulebook.RuleEditor;
import io.throughline.journey.source.SilenceWatch;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.Generations;
import io.throughline.journey.store.PostgresDefinitions;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.PostgresRevisionQueue;
import io.throughline.journey.store.PostgresSettling;
import io.throughline.journey.store.RuleVersions;
import io.throughline.journey.store.PostgresSilences;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Starts the projector as soon as log and database are there, and holds it while it runs.
@ApplicationScoped
public class Projector {

    private static final Logger LOG = Logger.getLogger(Projector.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ProjectorConfig config;
    private final InstalledRules installed;
    private final Reconciliation reconciliation;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Loop starts = new Loop();
    private volatile @Nullable Thread starting;
    private volatile @Nullable Running running;
    private volatile String waitingFor = "the start";

    Projector(ProjectorConfig config, InstalledRules installed, Reconciliation reconciliation, Vertx vertx, MeterRegistry meters) {
        this.config = config;
        this.installed = installed;
        this.reconciliation = reconciliation;
        this.vertx = vertx;
        this.meters = meters;
    }

    void onStart(@Observes StartupEvent event) {
        starting = Thread.ofPlatform().name("start").daemon(true).start(this::startWhenPossible);
    }

    void onStop(@Observes ShutdownEvent event) {
        starts.end();
        // First, so that no loop begins that nobody tells to stop.
        join(starting);
        if (running != null) {
            running.stop();
        }
        threads.forEach(Projector::join);
    }

    /// @throws Refusal while the projector is waiting for log or database
    public Journeys journeys() {
        return started().journeys();
    }

    /// @throws Refusal while the projector is waiting for log or database
    public Settling settling() {
        return started().settling();
    }

    /// @throws Refusal while the projector is waiting for log or database
    public LiveRulebook rules() {
        return started().rules();
    }

    /// @throws Refusal while the projector is waiting for log or database
    public RuleEditor ruleEditor() {
        return started().editor();
    }

    private Running started() {
        var now = running;
        if (now == null) {
            throw new Refusal(ErrorCode.NOT_READY, "The projector is waiting for " + waitingFor + ". Try again in a moment.");
        }
        return now;
    }

    /// What goes wrong at present, for health; empty while all is well.
    public String trouble() {
        var now = running;
        return now == null ? "waiting for " + waitingFor : now.trouble();
    }

    private void startWhenPossible() {
        while (!starts.ended() && running == null) {
            try {
                waitingFor = "the database";
                var generations = new Generations(config.database().orElseThrow());
                var live = generations.prepare();
                waitingFor = "the topic " + config.topic();
                int partitions = Topics.partitions(config.kafka(), config.topic());
                waitingFor = "the topic " + config.findingsTopic();
                Topics.ensure(config.kafka(), config.findingsTopic(), config.findingsPartitions(), config.findingsReplication());
                waitingFor = "the topic " + config.definitionsTopic();
                Topics.ensure(config.kafka(), config.definitionsTopic(), 1, config.findingsReplication());
                running = start(live, partitions);
                LOG.infof("Projecting %s (%d partitions) into generation %d with %d rules", config.topic(), partitions, live.number(), running.rules().rules().size());
            } catch (RuntimeException notYet) {
                LOG.warnf("Waiting for %s: %s", waitingFor, notYet.getMessage());
                starts.rest(RETRY);
            }
        }
    }

    private Running start(Generations.Live live, int partitions) {
        String schema = live.schema();
        String group = "journey-projector-" + live.installation() + "-" + config.topic() + "-" + schema;
        // The loops, one for hot journeys among them, never wait for an answer to somebody's question, nor the other way round.
        var work = Database.connect(vertx, config.database().orElseThrow(), schema, "work", config.workers() + config.evaluators() + 5);
        var answers = Database.connect(vertx, config.database().orElseThrow(), schema, "answers", config.readers());
        var store = new PostgresProjectionStore(work, config.topic());
        var rules = new LiveRulebook(installed.all(), new RuleVersions(work), new RuleVersions(work)::adopt);
        var wakeUps = new ArrayList<EvaluationWorker>();
        Runnable wake = () -> wakeUps.forEach(EvaluationWorker::wake);
        var definitions = new DefinitionReader(new PostgresDefinitions(work), () -> new KafkaDefinitionLog(config.kafka(), config.definitionsTopic()), () -> {
            rules.refresh();
            wake.run();
        });
        try {
            store.register(partitions);
            definitions.catchUp();
            rules.refresh();
        } catch (RuntimeException notYet) {
            work.close();
            answers.close();
            throw notYet;
        }

        var publisher = new Publisher(new PostgresRevisionQueue(work), () -> new KafkaFindingTopic(config.kafka(), config.findingsTopic()));
        var projection = new ArrayList<ProjectionWorker>();
        LongSupplier behind = () -> projection.stream().mapToLong(ProjectionWorker::lag).sum();
        Function<Share, EvaluationWorker> evaluator = share -> new EvaluationWorker(
                new PostgresEvaluations(work, config.topic(), share), rules, reconciliation, InstantSource.system(), behind, publisher::wake);
        var usual = IntStream.range(0, config.evaluators()).mapToObj(part -> evaluator.apply(Share.usual(part, config.evaluators()))).toList();
        // The one of hot journeys looks for itself now and then: they rest between evaluations anyway.
        var evaluation = Stream.concat(usual.stream(), Stream.of(evaluator.apply(Share.ofHotOnes()))).toList();
        wakeUps.addAll(usual);
        IntConsumer projected = records -> {
            wake.run();
            if (records > 0) {
                projection.forEach(ProjectionWorker::stir);
            }
        };
        IntStream.range(0, config.workers()).forEach(_ -> projection.add(new ProjectionWorker(store,
                owner -> new KafkaTouchpointLog(config.kafka(), config.topic(), group, config.batchSize(), config.sessionTimeout(), owner),
                InstantSource.system(), config.clockSkew(), projected)));
        measure(projection, evaluation, publisher);
        IntStream.range(0, projection.size()).forEach(i -> thread("project-" + i, projection.get(i)));
        IntStream.range(0, evaluation.size()).forEach(i -> thread("evaluate-" + i, evaluation.get(i)));
        thread("publish", publisher);
        thread("define", definitions);
        var silence = new SilenceWatch(new PostgresSilences(work), publisher::wake);
        thread("watch", silence);
        var topic = new KafkaDefinitionTopic(config.kafka(), config.definitionsTopic());
        return new Running(live.number(), new PostgresJourneys(answers, config.topic(), live.number()), new PostgresSettling(answers, live.number(), wake), projection, evaluation, publisher, definitions,
                rules, new RuleEditor(rules, new RuleVersions(answers), new DefinitionWriter(topic, definitions)), topic, silence);
    }

    private void measure(List<ProjectionWorker> projection, List<EvaluationWorker> evaluation, Publisher publisher) {
        Gauge.builder("throughline.projector.lag", projection, workers -> workers.stream().mapToLong(ProjectionWorker::lag).sum())
                .description("Records of the partitions owned here that are not projected yet").register(meters);
        FunctionCounter.builder("throughline.projector.records", projection, workers -> workers.stream().mapToLong(ProjectionWorker::records).sum())
                .description("Records of the log that were projected").register(meters);
        FunctionCounter.builder("throughline.projector.fenced", projection, workers -> workers.stream().mapToLong(ProjectionWorker::fenced).sum())
                .description("Batches given up because another owner had taken over").register(meters);
        FunctionCounter.builder("throughline.projector.evaluated", evaluation, workers -> workers.stream().mapToLong(EvaluationWorker::evaluated).sum())
                .description("Journeys that were evaluated").register(meters);
        FunctionCounter.builder("throughline.projector.published", publisher, Publisher::published)
                .description("Revisions of findings that were published from here").register(meters);
    }

    private void thread(String name, Runnable work) {
        threads.add(Thread.ofPlatform().name(name).daemon(true).start(work));
    }

    private static void join(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
