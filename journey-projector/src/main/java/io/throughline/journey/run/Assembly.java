package io.throughline.journey.run;

import io.throughline.journey.ProjectorConfig;
import io.throughline.journey.definition.DefinitionWriter;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.kafka.KafkaDefinitionTopic;
import io.throughline.journey.kafka.KafkaFindingTopic;
import io.throughline.journey.kafka.Topics;
import io.throughline.journey.publish.Publisher;
import io.throughline.journey.rulebook.RuleEditor;
import io.throughline.journey.source.SilenceWatch;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.Generations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresRevisionQueue;
import io.throughline.journey.store.PostgresSettling;
import io.throughline.journey.store.PostgresSilences;
import io.throughline.journey.store.RuleVersions;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Puts the projector together when log and database are there.
@Singleton
class Assembly {

    private static final Logger LOG = Logger.getLogger(Assembly.class);

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
        var generation = new Generations(config.database().orElseThrow()).prepare();
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

    private Running connectAndBuild(Generations.Live generation, int partitions) {
        // The loops, one for hot journeys among them, never wait for an answer to somebody's question, nor the other way round.
        var work = connect(generation, "work", config.workers() + config.evaluators() + 5);
        var answers = connect(generation, "answers", config.readers());
        try {
            return build(generation, partitions, work, answers);
        } catch (RuntimeException notYet) {
            work.close();
            answers.close();
            throw notYet;
        }
    }

    private Running build(Generations.Live generation, int partitions, Database work, Database answers) {
        var publisher = new Publisher(new PostgresRevisionQueue(work),
                () -> new KafkaFindingTopic(config.brokers(), config.findingsTopic()));
        var silence = new SilenceWatch(new PostgresSilences(work), publisher::wake);

        var live = new Projection(config, work, group(generation), installed, reconciliation, publisher::wake);
        live.prepare(partitions);

        var journeys = new PostgresJourneys(answers, config.topic(), generation.number());
        var settling = new PostgresSettling(answers, generation.number(), live::wakeEvaluation);
        var definitionTopic = new KafkaDefinitionTopic(config.brokers(), config.definitionsTopic());
        var editor = new RuleEditor(live.rules(), new RuleVersions(answers), new DefinitionWriter(definitionTopic, live.definitions()));
        return new Running(live, publisher, silence, journeys, settling, editor, definitionTopic);
    }

    private Database connect(Generations.Live generation, String name, int connections) {
        return Database.connect(vertx, config.database().orElseThrow(), generation.schema(), name, connections);
    }

    /// Those who share the partitions for one generation of one database.
    private String group(Generations.Live generation) {
        return "journey-projector-" + generation.installation() + "-" + config.topic() + "-" + generation.schema();
    }
}
