package io.throughline.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessFileTest {

    @TempDir Path folder;
    private Path file;

    @BeforeEach void oneKey() throws IOException {
        file = folder.resolve("access.json");
        write("first");
    }

    @Test void aChangedFileIsReadAgain() throws IOException {
        var access = new AccessFile(file);
        write("first", "second");
        access.refresh();
        assertThat(access.list().authenticate("second")).isPresent();
    }

    @Test void aBrokenFileLeavesTheOldListInForce() throws IOException {
        var access = new AccessFile(file);
        Files.writeString(file, "{ broken");
        access.refresh();
        assertThat(access.list().authenticate("first")).isPresent();
    }

    @Test void aMissingFileLeavesTheOldListInForceUntilItIsBack() throws IOException {
        var access = new AccessFile(file);
        Files.delete(file);
        access.refresh();
        assertThat(access.list().authenticate("first")).isPresent();
        write("first", "third");
        access.refresh();
        assertThat(access.list().authenticate("third")).isPresent();
    }

    @Test void withoutAnyListNothingStarts() {
        assertThatIOException().isThrownBy(() -> new AccessFile(folder.resolve("none.json"))).withMessageContaining("THROUGHLINE_ACCESS_FILE");
    }

    private void write(String... tokens) throws IOException {
        var keys = new StringBuilder();
        for (var token : tokens) {
            keys.append(keys.isEmpty() ? "" : ",")
                    .append("{\"id\":\"%s\",\"sha256\":\"%s\",\"roles\":[\"operator\"]}".formatted(token, AccessList.hash(token)));
        }
        Files.writeString(file, "{\"keys\":[" + keys + "]}");
    }
}
