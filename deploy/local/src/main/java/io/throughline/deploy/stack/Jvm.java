package io.throughline.deploy.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Command lines of Java processes, run by the Java that runs us.
public final class Jvm {
    private Jvm() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// A service, or a program that is measured beside one: 256 MiB, and the collector that leaves most of a small machine to the work. On a heap
    /// of this size its pauses are short.
    public static List<String> service(List<String> options, String... arguments) {
        return command("-Xmx256m", Stream.concat(Stream.of("-XX:+UseParallelGC"), options.stream()).toList(), arguments);
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
