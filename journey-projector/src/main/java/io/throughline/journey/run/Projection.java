package io.throughline.journey.run;

import io.throughline.journey.ProjectorConfig;
import io.throughline.journey.Worker;
import io.throughline.journey.definition.DefinitionReader;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.kafka.KafkaDefinitionLog;
import io.throughline.journey.kafka.KafkaTouchpointLog;
import io.throughline.journey.project.EvaluationWorker;
import io.throughline.journey.project.FailedPartitions;
import io.throughline.journey.project.ProjectionWorker;
import io.throughline.journey.project.Share;
import io.throughline.journey.project.TouchpointLog;
import io.throughline.journey.rulebook.LiveRulebook;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.PostgresDefinitions;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.RuleVersions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One generation of projections, and the loops of this process that keep it in step with the log: some project, some evaluate, one follows
/// the definitions.
final class Projection {

    private final PostgresProjectionStore store;
    private final LiveRulebook rules;
    private final DefinitionReader definitions;
    private final List<ProjectionWorker> projectors;
    private final List<EvaluationWorker> evaluators;
    /// All evaluators but the one of persons who are evaluated apart.
    private final List<EvaluationWorker> usual;

    /// @param database at the schema of the generation
    /// @param group of those who share the partitions of the log for this generation
    /// @param judged told whenever journeys were evaluated, from the thread that did it
    Projection(ProjectorConfig config, Database database, String group, InstalledRules installed, Reconciliation reconciliation, Runnable judged) {
        store = new PostgresProjectionStore(database, config.topic());
        var versions = new RuleVersions(database);
        rules = new LiveRulebook(installed.all(), versions, versions::adopt);
        definitions = new DefinitionReader(
                new PostgresDefinitions(database), () -> new KafkaDefinitionLog(config.brokers(), config.definitionsTopic()),
                this::haveBeenDefined);

        var failures = new FailedPartitions();
        Function<TouchpointLog.Owner, TouchpointLog> log = owner ->
                new KafkaTouchpointLog(config.brokers(), config.topic(), group, config.batchSize(), config.sessionTimeout(), owner);
        projectors = IntStream.range(0, config.workers())
                .mapToObj(_ -> new ProjectionWorker(store, log, InstantSource.system(), config.clockSkew(), this::haveBeenProjected, failures)).toList();

        Function<Share, EvaluationWorker> evaluator = share -> new EvaluationWorker(
                new PostgresEvaluations(database, config.topic(), share), share.apart(), rules, reconciliation, InstantSource.system(), this::lag, judged);
        usual = IntStream.range(0, config.evaluators()).mapToObj(part -> evaluator.apply(Share.usual(part, config.evaluators()))).toList();
        evaluators = Stream.concat(usual.stream(), Stream.of(evaluator.apply(Share.ofThoseApart()))).toList();
    }

    /// Makes the checkpoints, and lets all that was defined take effect, so that judging may begin. Waits for log and database.
    void prepare(int partitions) {
        store.register(partitions);
        definitions.catchUp();
        rules.refresh();
    }

    private void haveBeenDefined() {
        rules.refresh();
        wakeEvaluation();
    }

    private void haveBeenProjected(int records) {
        wakeEvaluation();
        if (records > 0) {
            projectors.forEach(ProjectionWorker::stir);
        }
    }

    /// There may be something to evaluate. The evaluator of those apart looks for itself now and then: they rest between evaluations anyway.
    void wakeEvaluation() {
        usual.forEach(EvaluationWorker::wake);
    }

    /// All its loops, by the names of their threads.
    SequencedMap<String, Worker> workers() {
        var workers = new LinkedHashMap<String, Worker>();
        IntStream.range(0, projectors.size()).forEach(i -> workers.put("project-" + i, projectors.get(i)));
        IntStream.range(0, evaluators.size()).forEach(i -> workers.put("evaluate-" + i, evaluators.get(i)));
        workers.put("define", definitions);
        return workers;
    }

    LiveRulebook rules() {
        return rules;
    }

    DefinitionReader definitions() {
        return definitions;
    }

    /// Records of the partitions owned here that are not projected yet.
    long lag() {
        return projectors.stream().mapToLong(ProjectionWorker::lag).sum();
    }

    /// Records projected since the start.
    long records() {
        return projectors.stream().mapToLong(ProjectionWorker::records).sum();
    }

    /// Batches given up since the start because another owner had taken over.
    long fenced() {
        return projectors.stream().mapToLong(ProjectionWorker::fenced).sum();
    }

    /// Journeys evaluated since the start.
    long evaluated() {
        return evaluators.stream().mapToLong(EvaluationWorker::evaluated).sum();
    }
}
