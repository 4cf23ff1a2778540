package io.throughline.journey.run;

import io.throughline.journey.ProjectorConfig;
import io.throughline.journey.definition.DefinitionWriter;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.kafka.KafkaDefinitionTopic;
import io.throughline.journey.kafka.KafkaFindingTail;
import io.throughline.journey.kafka.KafkaFindingTopic;
import io.throughline.journey.kafka.LogEnds;
import io.throughline.journey.kafka.Topics;
import io.throughline.journey.publish.Publisher;
import io.throughline.journey.rulebook.RuleEditor;
import io.throughline.journey.source.SilenceWatch;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.Generations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresRetries;
import io.throughline.journey.store.PostgresRevisionQueue;
import io.throughline.journey.store.PostgresSettling;
import io.throughline.journey.store.PostgresSilences;
import io.throughline.journey.store.RuleVersions;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import org.jboss.logging.Logger;

/// Puts the projector together when log and database are there.
@Singleton
class Assembly {

    private static final Logger LOG = Logger.getLogger(Assembly.class);
    /// Connections of back-tests: one for each that may run, and one for another that begins.
    private static final int BACKTESTS = 3;
    private static final Duration BACKTEST_STATEMENT = Duration.ofSeconds(50);

    private final ProjectorConfig config;
    private final InstalledRules installed;
    private final Reconciliation reconciliation;
    private final Vertx vertx;
    private volatile String waitingFor = "the start";

    Assembly(ProjectorConfig config, InstalledRules installed, Reconciliation reconciliation, Vertx vertx) {
        this.config = config;
        this.installed = installed;
        this.reconciliation = reconciliation;
        this.vertx = vertx;
    }

    /// What was not there when it was last needed. From any thread.
    String waitingFor() {
        return waitingFor;
    }

    /// Everything, ready to run; to be tried again when it throws, which leaves nothing open.
    Running assemble() {
        waitingFor = "the database";
        var generation = new Generations(config.databaseUrl()).prepare();
        waitingFor = "the topic " + config.topic();
        int partitions = Topics.partitions(config.brokers(), config.topic());
        waitingFor = "the topic " + config.findingsTopic();
        Topics.ensure(config.brokers(), config.findingsTopic(), config.findingsPartitions(), config.findingsReplication());
        waitingFor = "the topic " + config.definitionsTopic();
        Topics.ensure(config.brokers(), config.definitionsTopic(), 1, config.findingsReplication());
        var assembled = connectAndBuild(generation, partitions);
        LOG.infof("Projecting %s (%d partitions) into generation %d with %d rules",
                config.topic(), partitions, generation.number(), assembled.live().rules().rules().size());
        return assembled;
    }

    /// Each kind of request has a pool of connections of its own, so that neither the loops nor another kind of request waits for it.
    private Running connectAndBuild(Generations.Live generation, int partitions) {
        var opened = new ArrayList<Database>();
        try {
            return build(generation, partitions, (name, connections) -> {
                var database = Database.connect(vertx, config.databaseUrl(), generation.schema(), name, connections);
                opened.add(database);
                return database;
            });
        } catch (RuntimeException notYet) {
            opened.forEach(Database::close);
            throw notYet;
        }
    }

    /// A pool of so many connections under this name.
    private interface Connections {
        Database open(String name, int connections);
    }

    private Running build(Generations.Live generation, int partitions, Connections connections) {
        var work = connections.open("work", config.workers() + config.evaluators() + 5);
        var publisher = new Publisher(new PostgresRevisionQueue(work), () -> new KafkaFindingTopic(config.brokers(), config.findingsTopic()));
        var silence = new SilenceWatch(new PostgresSilences(work), publisher::wake);

        var live = new Projection(config, work, group(generation), installed, reconciliation, publisher::wake);
        live.prepare(partitions);

        var ends = new LogEnds(config.brokers(), config.topic(), partitions);
        var status = connections.open("status", config.statusReaders());
        var readers = new Readers(
                journeys(connections.open("reads", config.readers()), generation, config.readsWithin(), ends),
                journeys(connections.open("long-reads", config.longReaders()), generation, config.longReadsWithin(), ends),
                journeys(status, generation, config.longReadsWithin(), ends),
                journeys(connections.open("backtests", BACKTESTS), generation, BACKTEST_STATEMENT, ends));
        var settling = new PostgresSettling(status, generation.number(), live::wakeEvaluation);
        var definitionTopic = new KafkaDefinitionTopic(config.brokers(), config.definitionsTopic());
        var ruleVersions = new RuleVersions(connections.open("rules", config.ruleReaders()));
        var writer = new DefinitionWriter(definitionTopic, live.definitions());
        var editor = new RuleEditor(live.rules(), ruleVersions, writer);
        return new Running(live, publisher, silence, readers, new WatchedWarnings(readers.statusReads()), settling, new PostgresRetries(status), editor, writer,
                definitionTopic, ends, (place, since) -> KafkaFindingTail.open(config.brokers(), config.findingsTopic(), place, since));
    }

    private PostgresJourneys journeys(Database database, Generations.Live generation, Duration patience, LogEnds ends) {
        return new PostgresJourneys(database, config.topic(), generation.number(), patience, ends::latest);
    }

    /// Those who share the partitions for one generation of one database.
    private String group(Generations.Live generation) {
        return "journey-projector-" + generation.installation() + "-" + config.topic() + "-" + generation.schema();
    }
}
