package io.throughline.journey.rule;

import io.throughline.journey.rule.value.Correlation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A journey goes through the stages of its design in an order that the design permits, and leaves out none that is mandatory.
///
/// @param by where it has paths, each key is a journey of its own
public record Conformance(List<Stage> stages, Correlation by) implements Pattern {

    /// @param event what shows that the stage is reached
    /// @param optional may be left out
    /// @param after the stages from which it may be reached; if empty, the one before it in the list, or one before that if all between
    ///     are optional
    public record Stage(String name, Selector event, boolean optional, List<String> after) {

        public Stage {
            after = List.copyOf(after);
        }
    }

    public Conformance {
        stages = List.copyOf(stages);
    }

    /// Whether `next` may follow `current`, of which -1 stands for the beginning.
    boolean permits(int current, int next) {
        var stage = stages.get(next);
        if (next == current) {
            return true;
        }
        if (!stage.after().isEmpty()) {
            return current >= 0 && stage.after().contains(stages.get(current).name());
        }
        return next > current && stages.subList(current + 1, next).stream().allMatch(Stage::optional);
    }

    /// The names of the stages that no permitted order reaches.
    public Set<String> unreachable() {
        var reached = new HashSet<>(Set.of(-1));
        boolean more = true;
        while (more) {
            more = reached.addAll(IntStream.range(0, stages.size())
                    .filter(next -> reached.stream().anyMatch(current -> permits(current, next))).boxed().toList());
        }
        return IntStream.range(0, stages.size())
                .filter(stage -> !reached.contains(stage)).mapToObj(stage -> stages.get(stage).name()).collect(Collectors.toSet());
    }

    @Override
    public String name() {
        return "conformance";
    }

    @Override
    public List<Selector> selectors() {
        return stages.stream().map(Stage::event).toList();
    }
}
