package io.throughline.deploy.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Command lines of Java processes, run by the Java that runs us.
public final class Jvm {
    /// Neither language nor time zone are the user's: numbers in Arabic digits are no numbers to a machine, PostgreSQL does not know every zone by the name
    /// that Java has for it, and the logs of all processes are read side by side.
    private static final List<String> PLACELESS = List.of("-Duser.language=en", "-Duser.script=", "-Duser.country=", "-Duser.variant=", "-Duser.extensions=",
            "-Duser.language.format=en", "-Duser.script.format=", "-Duser.country.format=", "-Duser.variant.format=", "-Duser.extensions.format=",
            "-Duser.timezone=UTC");

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
        return plain(heap, Stream.concat(Stream.of("-XX:+ExitOnOutOfMemoryError", "-XX:-HeapDumpOnOutOfMemoryError"), options.stream()).toList(), arguments);
    }

    /// The same for a process that outlives an OutOfMemoryError: the supervisor, by whose end all would end.
    public static List<String> plain(String heap, List<String> options, String... arguments) {
        var words = new ArrayList<>(List.of(java(), heap, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dfile.encoding=UTF-8"));
        words.addAll(PLACELESS);
        words.addAll(options);
        words.addAll(List.of(arguments));
        return List.copyOf(words);
    }
}
