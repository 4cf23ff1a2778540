package io.throughline.journey.rule.file;

import io.throughline.journey.rule.Conformance.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Reads the stages of a designed journey.
///
/// @param parts reads what shows that a stage is reached
record DesignReader(Parts parts) {

    private static final int MAX_STAGES = 24;
    private static final Set<String> FIELDS = Set.of("name", "event", "optional", "after");

    List<Stage> stages(Element stages) {
        var items = stages.required("the stages in order, as in [ { name: apply, event: { type: application-made.v1 } } ]").items();
        if (items.size() > MAX_STAGES) {
            stages.fault("must have at most " + MAX_STAGES + " stages");
            return List.of();
        }
        var read = new ArrayList<Stage>();
        var names = new HashSet<String>();
        for (var item : items) {
            item.permits(FIELDS);
            var name = item.at("name").required("a name for the stage, as in apply").parsed(200, RuleReader::slug);
            var event = parts.selector(item.at("event"));
            boolean optional = item.at("optional").flag();
            var after = item.at("after").items().stream().map(stage -> stage.parsed(200, RuleReader::slug)).filter(Objects::nonNull).toList();
            if (name != null && !names.add(name)) {
                item.at("name").fault("\"" + name + "\" is the name of a stage before");
            }
            if (name != null && event != null) {
                read.add(new Stage(name, event, optional, after));
            }
        }
        refuseUnknown(items, names);
        return read;
    }

    private static void refuseUnknown(List<Element> stages, Set<String> names) {
        for (var stage : stages) {
            for (var before : stage.at("after").items()) {
                if (before.node().isTextual() && !names.contains(before.node().textValue())) {
                    before.fault("is no stage of this design");
                }
            }
        }
    }
}
