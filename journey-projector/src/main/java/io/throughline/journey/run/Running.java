package io.throughline.journey.run;

import io.throughline.journey.definition.DefinitionReader;
import io.throughline.journey.definition.DefinitionTopic;
import io.throughline.journey.project.EvaluationWorker;
import io.throughline.journey.project.ProjectionWorker;
import io.throughline.journey.publish.Publisher;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Settling;
import io.throughline.journey.rulebook.LiveRulebook;
import io.throughline.journey.rulebook.RuleEditor;
import io.throughline.journey.source.SilenceWatch;
import java.util.List;
import java.util.stream.Stream;

/// The projector at work: its loops, and what answers questions.
record Running(int generation, Journeys journeys, Settling settling, List<ProjectionWorker> projection, List<EvaluationWorker> evaluation, Publisher publisher, DefinitionReader definitions,
        LiveRulebook rules, RuleEditor editor, DefinitionTopic definitionTopic, SilenceWatch silence) {

    /// What goes wrong at present, or the empty text.
    String trouble() {
        return Stream.of(projection.stream().map(ProjectionWorker::trouble), evaluation.stream().map(EvaluationWorker::trouble), Stream.of(publisher.trouble(), definitions.trouble(), silence.trouble()))
                .flatMap(troubles -> troubles)
                .filter(trouble -> !trouble.isEmpty()).distinct().reduce((one, other) -> one + "; " + other).orElse("");
    }

    void stop() {
        projection.forEach(ProjectionWorker::stop);
        evaluation.forEach(EvaluationWorker::stop);
        publisher.stop();
        definitions.stop();
        silence.stop();
        definitionTopic.close();
    }
}
