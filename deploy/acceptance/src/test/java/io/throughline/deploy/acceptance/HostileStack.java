package io.throughline.deploy.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A whole stack with default heaps for hostile neighbours: broker, database, both services, gateway. All attacks use one stack and are told
/// apart by identities. A stack that an attack has broken is replaced before the next, so that one failure does not hide others. Figures as
/// packaged are those of the long set.
final class HostileStack {
    /// What a JVM may have beside its heap: classes, code, threads, buffers.
    private static final int BESIDE_THE_HEAP_MIB = 400;
    /// Most resident memory of each process, in MiB: the heap that its start command names, and what a JVM needs beside it.
    static final Map<String, Integer> BOUNDS = Map.of("kafka", 384 + BESIDE_THE_HEAP_MIB, "ingest", 256 + BESIDE_THE_HEAP_MIB,
            "projector", 256 + BESIDE_THE_HEAP_MIB, "gateway", 160 + BESIDE_THE_HEAP_MIB);
    private static final List<String> MEMBERS = List.of("gateway", "ingest", "projector", "kafka", "postgres");
    private static final Duration SOUND_LIMIT = Duration.ofSeconds(120);

    private static HostileStack present;
    private static int started;

    private final Stack stack;
    private final Map<String, Integer> managementPorts = new HashMap<>();
    private boolean broken;

    private HostileStack(Stack stack) throws IOException {
        this.stack = stack;
        var ports = EventJson.mapper().readTree(Files.readString(stack.var().resolve("stack.json")));
        managementPorts.put("ingest", ports.path("ingestManagement").asInt());
        managementPorts.put("projector", ports.path("projectorManagement").asInt());
    }

    /// The stack of the last attack, or a new one where that attack broke it.
    static synchronized HostileStack sound() throws IOException {
        if (present != null && present.broken) {
            present.giveUp();
            present = null;
        }
        if (present == null) {
            present = new HostileStack(Stack.whole("hostile-" + ++started, Stack.BY_EFFORT));
        }
        return present;
    }

    /// After the last attack of a class: idle it would still take a sixth of a core from the classes to come.
    static synchronized void end() {
        if (present != null) {
            present.giveUp();
            present = null;
        }
    }

    /// Its end may fail, too, where the attack has: what counts was said by the attack.
    private void giveUp() {
        try {
            stack.close();
        } catch (AssertionError | RuntimeException e) {
            System.err.println("The broken stack did not end in order: " + e.getMessage());
        }
    }

    /// Until [#unbroken] the next attack gets another stack.
    void broken() {
        broken = true;
    }

    void unbroken() {
        broken = false;
    }

    Stack stack() {
        return stack;
    }

    /// With which any Kafka client of a test speaks to the broker of this stack.
    Map<String, Object> kafka() {
        return stack.broker().client(Map.of());
    }

    /// The management port of a service: health, metrics, OpenAPI.
    Client management(String service) {
        return new Client(URI.create("http://127.0.0.1:" + managementPorts.get(service)), null);
    }

    boolean ready() {
        try {
            return stack.client(null).send("/q/health/ready", request -> request.timeout(Duration.ofSeconds(30))).status() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /// Waits until every record of the log is projected and evaluation time has passed `moment`.
    JsonNode caughtUp(Instant moment) {
        return await().atMost(SOUND_LIMIT).ignoreExceptionsMatching(Stack::isOutage).until(stack::status,
                status -> status.path("meta").path("lag").asLong(-1) == 0 && Instant.parse(status.path("meta").path("evaluatedAt")
                        .asText()).isAfter(moment));
    }

    /// Process id and restarts of each member: equal as long as none has died.
    Map<String, String> processes() {
        var processes = new LinkedHashMap<String, String>();
        for (var name : MEMBERS) {
            var member = stack.member(name);
            processes.put(name, "pid %d, restarts %d, %s".formatted(member.pid(), member.restarts(),
                    ProcessHandle.of(member.pid()).isPresent() ? "alive" : "dead"));
        }
        return processes;
    }

    int restarts() {
        return MEMBERS.stream().mapToInt(name -> stack.member(name).restarts()).sum();
    }

    /// From now on [#peaks] counts. Linux sets a process's high-water mark back on request.
    void forgetPeaks() {
        pids().values().stream().flatMap(List::stream).forEach(pid -> {
            try {
                Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
            } catch (IOException _) {
                // Ended in this moment, or a kernel without: the mark is that of the whole life then.
            }
        });
    }

    /// Most resident memory of each member since [#forgetPeaks], in MiB; of the database that of its largest process, without
    /// the buffer pool that all of its processes share: a connection that has read it all counts gigabytes of it as resident.
    Map<String, Integer> peaks() {
        var peaks = new LinkedHashMap<String, Integer>();
        pids().forEach((name, pids) -> peaks.put(name, pids.stream().mapToInt(HostileStack::peak).max().orElse(0)));
        return peaks;
    }

    private Map<String, List<Long>> pids() {
        var pids = new LinkedHashMap<String, List<Long>>();
        for (var name : MEMBERS) {
            long pid = stack.member(name).pid();
            var all = new ArrayList<>(List.of(pid));
            if (name.equals("postgres")) {
                ProcessHandle.of(pid).ifPresent(postmaster -> postmaster.children().map(ProcessHandle::pid).forEach(all::add));
            }
            pids.put(name, all);
        }
        return pids;
    }

    private static int peak(long pid) {
        try {
            var status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return (kibibytes(status, "VmHWM:") - kibibytes(status, "RssShmem:")) / 1024;
        } catch (IOException _) {
            return 0; // it has ended
        }
    }

    private static int kibibytes(List<String> status, String field) {
        return status.stream().filter(line -> line.startsWith(field)).mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    }
}
