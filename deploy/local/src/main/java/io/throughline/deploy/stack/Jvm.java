package io.throughline.deploy.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Command lines of Java processes, run by the Java that runs us.
public final class Jvm {
    private Jvm() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// `java` with a bounded heap. Not a heap dump but an exit at the first OutOfMemoryError: the supervisor
    /// starts the process again, and a process short of memory keeps no promise.
    public static List<String> command(String heap, List<String> options, String... arguments) {
        var words = new ArrayList<>(List.of(java(), heap, "-XX:+ExitOnOutOfMemoryError", "-XX:-HeapDumpOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dfile.encoding=UTF-8"));
        words.addAll(options);
        words.addAll(List.of(arguments));
        return List.copyOf(words);
    }
}
