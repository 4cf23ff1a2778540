package io.throughline.journey.run;

import io.throughline.journey.Worker;
import io.throughline.journey.definition.DefinitionTopic;
import io.throughline.journey.definition.DefinitionWriter;
import io.throughline.journey.kafka.LogEnds;
import io.throughline.journey.publish.FindingTail;
import io.throughline.journey.publish.Publisher;
import io.throughline.journey.query.Retries;
import io.throughline.journey.query.Settling;
import io.throughline.journey.rulebook.RuleEditor;
import io.throughline.journey.source.SilenceWatch;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The projector at work: the generation that is live, those who tell the world about it, and what answers questions.
///
/// @param definitionTopic which `editor` writes to; closed here, as is `ends`
record Running(
        Projection live, Publisher publisher, SilenceWatch silence,
        Readers readers, WatchedWarnings warnings, Settling settling, Retries retries, RuleEditor editor, DefinitionWriter definitionWriter, DefinitionTopic definitionTopic, LogEnds ends,
        FindingTail.Source tails) {

    /// All loops, by the names of their threads.
    SequencedMap<String, Worker> workers() {
        var workers = live.workers();
        workers.put("publish", publisher);
        workers.put("watch", silence);
        return workers;
    }

    /// What goes wrong at present, or the empty text.
    String trouble() {
        return workers().values().stream().map(Worker::trouble).filter(Predicate.not(String::isEmpty)).distinct().collect(Collectors.joining("; "));
    }

    void stop() {
        workers().values().forEach(Worker::stop);
        definitionTopic.close();
        ends.close();
    }
}
