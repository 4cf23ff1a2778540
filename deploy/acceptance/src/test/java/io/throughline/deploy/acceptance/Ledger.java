package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/// What became of the records of each partition must add up.
final class Ledger {
    private Ledger() {}

    /// Every record that was read is projected, a duplicate, a conflict, a control event or unreadable, and none is left to read.
    static void isBalanced(JsonNode status) {
        assertThat(status.path("checkpoints").valueStream()).isNotEmpty().allSatisfy(partition -> {
            long accounted = Stream.of("projected", "duplicates", "conflicts", "control", "unreadable")
                    .mapToLong(count -> partition.path(count).asLong()).sum();
            assertThat(accounted).as("records accounted for in %s", partition).isEqualTo(partition.path("next").asLong())
                    .isEqualTo(partition.path("end").asLong());
        });
    }
}
