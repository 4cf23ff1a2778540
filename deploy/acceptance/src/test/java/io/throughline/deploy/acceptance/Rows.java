package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/// Many rows compared, with few words where they differ.
final class Rows {
    private static final int SHOWN = 5;

    private Rows() {}

    static void areSame(Collection<String> found, Collection<String> expected) {
        assertThat(beyond(found, expected)).as("found, but not expected").isEmpty();
        assertThat(beyond(expected, found)).as("expected, but not found").isEmpty();
        assertThat(found).as("rows").hasSize(expected.size());
    }

    private static List<String> beyond(Collection<String> rows, Collection<String> known) {
        var rest = new HashSet<>(rows);
        known.forEach(rest::remove);
        return rest.stream().sorted().limit(SHOWN).toList();
    }
}
